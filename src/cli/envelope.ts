import type { Notice } from "../app/outcomes.ts";
import type { ErrorSlots, Fix } from "../domain/errors.ts";

/** What `--json` prints where a command did what it was asked. */
export interface Envelope {
  readonly schema: `stet/${string}@1`;
  readonly ok: true;
  readonly data: unknown;
  readonly notices: readonly Notice[];
  readonly next: readonly string[];
}

/** What `--json` prints where it did not. */
export interface ErrorEnvelope {
  readonly schema: `stet/${string}@1`;
  readonly ok: false;
  readonly error: {
    readonly code: string;
    readonly what: string;
    readonly where: string;
    readonly why: string;
    readonly kept: string;
    readonly fixes: readonly Fix[];
  };
}

export function envelope(
  command: string,
  outcome: { readonly data: unknown; readonly notices: readonly Notice[]; readonly next: readonly string[] },
): Envelope {
  const { data, notices, next } = outcome;
  return { schema: `stet/${command}@1`, ok: true, data, notices, next };
}

export function errorEnvelope(command: string, error: ErrorSlots): ErrorEnvelope {
  const { code, what, where, why, kept, fixes } = error;
  return { schema: `stet/${command}@1`, ok: false, error: { code, what, where, why, kept, fixes } };
}

/** One line of JSON. A bigint is a number where that is exact, else its digits as a string. */
export function jsonLine(value: Envelope | ErrorEnvelope): string {
  return `${JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? plainNumber(part) : part))}\n`;
}

function plainNumber(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

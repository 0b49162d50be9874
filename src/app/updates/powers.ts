import type { TrustCode, TrustFinding } from "../../collections/trust/trust-finding.ts";
import { StetError } from "../../domain/errors.ts";
import type { CallOptions } from "../environment.ts";

/** What an artifact may do on the machine: shown to whoever takes it in, and confirmed. */
const powers: ReadonlySet<TrustCode> = new Set([
  "executable",
  "power",
  "power-unread",
  "licence",
  "publisher",
]);

/** Whether a finding of a new artifact is confirmed by who takes it in, and need not be allowed by its fingerprint. */
export function isPower({ code, severity }: TrustFinding): boolean {
  return severity !== "refused" && powers.has(code);
}

/** Asks once for all that artifacts may do. Throws E-CONFIRM without a yes; `command` is the one that says yes. */
export async function confirmPowers(
  input: CallOptions,
  taken: readonly { readonly artifact: string; readonly findings: readonly TrustFinding[] }[],
  command: string,
): Promise<void> {
  const lines = taken.flatMap(({ artifact, findings }) =>
    findings.map(({ path, message }) => `  ${artifact} ${path}: ${message}`),
  );
  if (lines.length === 0 || input.yes === true) return;
  const question = ["This can act on your machine:", ...lines.slice(0, 20), "Take it in?"].join("\n");
  if (input.confirm !== undefined && (await input.confirm(question))) return;
  throw new StetError({
    code: "E-CONFIRM",
    what: "It can act on your machine, and that was not confirmed.",
    where: lines
      .slice(0, 5)
      .map((one) => one.trim())
      .join("; "),
    why: input.confirm === undefined ? "There is no terminal to ask on." : "The answer was no.",
    kept: "Nothing was taken in, and what was fetched is removed.",
    fixes: [{ cmd: command, summary: "take it in all the same; undo takes it out" }],
  });
}

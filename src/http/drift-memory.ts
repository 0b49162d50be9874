import type { CallOptions, Environment } from "../app/environment.ts";
import type { StatusRow } from "../app/outcomes.ts";
import { status } from "../app/status.ts";

/** How every artifact stands at every target, by `kind/name`, and when that was looked at (milliseconds). */
export interface DriftLook {
  readonly rows: ReadonlyMap<string, readonly StatusRow[]>;
  readonly at: number;
}

/** A look may be this old; where looking takes long, ten times as long as it takes. */
const ageMillisecondsMin = 250;
const costShare = 10;

/**
 * Looks at the targets for all who ask, so that many requests at once cost one look, and looks never take more than a
 * tenth of the server's time.
 */
export class DriftMemory {
  readonly #looks = new Map<string, { readonly look: Promise<DriftLook>; goodUntil: number }>();

  async look(environment: Environment, options: CallOptions): Promise<DriftLook> {
    const key = `${environment.workingFolder}\n${options.scope ?? "project"}`;
    const known = this.#looks.get(key);
    if (known !== undefined && known.goodUntil > performance.now()) return await known.look;
    const began = performance.now();
    const entry = { look: lookNow(environment, options), goodUntil: Number.POSITIVE_INFINITY };
    this.#looks.set(key, entry);
    try {
      return await entry.look;
    } finally {
      const ended = performance.now();
      entry.goodUntil = ended + Math.max(ageMillisecondsMin, (ended - began) * costShare);
    }
  }
}

async function lookNow(environment: Environment, options: CallOptions): Promise<DriftLook> {
  const at = Date.now();
  const scope = options.scope === undefined ? {} : { scope: options.scope };
  const { data } = await status(environment, { ...scope, all: true });
  return { rows: Map.groupBy(data.rows, ({ kind, name }) => `${kind}/${name}`), at };
}

import type { UnitChoice } from "../domain/conflicts.ts";
import type { AskedUnit, MergeDecision, MergeOptions, MergeUnit, TextMerge } from "./merge-types.ts";
import { UnitKeys } from "./unit-keys.ts";

/**
 * Collects what the rules of one merge decided and asked, in the order of the text.
 *
 * Invariants
 * - Every spot that a rule cannot decide goes through `ask`: so a choice or a policy answers it in one place.
 * - The key of a unit depends on what it asks, not on the rule that asks or on the units around it: a choice
 *   outlives a merge with sides that moved on elsewhere.
 */
export class MergeLedger {
  readonly #options: Pick<MergeOptions, "choices" | "policy">;
  readonly #decisions: MergeDecision[] = [];
  readonly #units: MergeUnit[] = [];
  readonly #keys = new UnitKeys();
  #askedCharacters = 0;

  constructor(options: Pick<MergeOptions, "choices" | "policy">) {
    this.#options = options;
  }

  get decisions(): readonly MergeDecision[] {
    return this.#decisions;
  }

  get units(): readonly MergeUnit[] {
    return this.#units;
  }

  /** How many spots no rule decided, be they answered or open. */
  get asked(): number {
    return this.#units.length + this.#decisions.filter(({ settled }) => settled !== undefined).length;
  }

  /** How much text the spots hold that no rule decided, be they answered or open. */
  get askedCharacters(): number {
    return this.#askedCharacters;
  }

  decide(decision: MergeDecision): void {
    this.#decisions.push(decision);
  }

  /** Takes over what another merge, of a part of the text, decided and asked. */
  include({ decisions, units }: Pick<TextMerge, "decisions" | "units">): void {
    this.#decisions.push(...decisions);
    this.#units.push(...units);
  }

  /**
   * What a choice or else a policy makes of the spot, on record as a decision; null, with the unit on record,
   * where it has to be asked. No policy answers for a key that grants power,
   * and an answer that does not fit the spot (both of two numbers) counts as none.
   */
  ask(
    unit: AskedUnit,
    keyPath: readonly string[] | null = null,
    fits: (answer: UnitChoice) => boolean = () => true,
  ): UnitChoice | null {
    const { rule, where } = unit;
    const key = this.#keys.next(unit);
    for (const text of [unit.base, unit.yours, unit.theirs]) this.#askedCharacters += text?.length ?? 0;
    const choice = this.#options.choices?.get(key);
    if (choice !== undefined && fits(choice)) {
      const took = typeof choice === "string" ? choice : "text";
      this.decide({ rule, where, settled: { by: "choice", took } });
      return choice;
    }
    const policy = this.#options.policy?.({ where, keyPath }) ?? "ask";
    const took = policy === "union" ? "both" : policy;
    if (took === "ask" || unit.mark === "security" || !fits(took)) {
      this.#units.push({ ...unit, key });
      return null;
    }
    this.decide({ rule, where, settled: { by: "policy", took } });
    return took;
  }
}

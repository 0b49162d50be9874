import { StetError } from "../domain/errors.ts";
import { type CommitId, parseHashId } from "../domain/ids.ts";
import type { Operation } from "../domain/operations.ts";
import type { Pin } from "../store/history-store.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { commitOf } from "./history/point.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import type { Change } from "./record/change.ts";
import { record } from "./record/record.ts";
import { isUpstreamPin } from "./updates/upstream-base.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface ShownPin {
  readonly name: string;
  readonly commit: CommitId;
  readonly operation: string;
  readonly note: string | null;
}

export interface PinInput extends CallOptions {
  readonly name: string;
  /** An operation, commit, branch or time; by default what is here now. */
  readonly at?: string;
  readonly note?: string;
}

const namePattern = /^[\p{L}\p{N}_][\p{L}\p{N}._-]{0,99}$/u;

/** Names a version, so that it is never pruned and can be gone back to by that name. Throws E-NAME and E-EXISTS. */
export async function pin(environment: Environment, input: PinInput): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const { name } = input;
    await requireFreeName(bench, name);
    const commit = input.at === undefined ? bench.checkout.materialised : await commitOf(bench, input.at);
    if (commit === null) throw nothingToPin(name);
    const set = { name, commit, note: input.note ?? null };
    const outcome = await record(bench, {
      kind: "pin",
      reason: input.claims?.reason ?? null,
      edits: [],
      ...setting(set),
      evenIfEmpty: true,
    });
    return answer(outcome, { notices: bench.notices, next: [`stet restore --at ${name}`, "stet undo"] });
  });
}

/** Lifts a pin. The version stays until a policy prunes it, and undo sets the pin again. Throws E-NOT-FOUND. */
export async function unpin(
  environment: Environment,
  input: CallOptions & { readonly name: string },
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const found = (await bench.store.history.pins(bench.collection)).find((one) => one.name === input.name);
    if (found === undefined) throw noSuchPin(input.name);
    const outcome = await record(bench, {
      kind: "unpin",
      reason: input.claims?.reason ?? null,
      edits: [],
      ...lifting(found),
      evenIfEmpty: true,
    });
    return answer(outcome, { notices: bench.notices, next: ["stet undo"] });
  });
}

/** The named versions of the collection, by name. */
export async function listPins(
  environment: Environment,
  input: CallOptions = {},
): Promise<Answer<{ readonly pins: readonly ShownPin[] }>> {
  return await reading(environment, input, async (bench) => {
    const all = await bench.store.history.pins(bench.collection);
    const pins = all
      .filter((one) => !isUpstreamPin(one.name))
      .map(({ name, commit, operation, note }) => ({ name, commit, operation, note }));
    const [first] = pins;
    const next = first === undefined ? ["stet pin <name>"] : [`stet diff --from ${first.name}`];
    return answer({ pins }, { notices: bench.notices, next });
  });
}

type PinChange = Pick<Change, "pins" | "unpins" | "details">;
type SetPin = Pick<Pin, "name" | "commit" | "note">;

function setting(set: SetPin): PinChange {
  return { pins: [set], details: { pinned: set.name, commit: set.commit } };
}

function lifting({ name, commit, note }: SetPin): PinChange {
  return { unpins: [name], details: { unpinned: name, commit, ...(note === null ? {} : { note }) } };
}

/** What takes back the setting or lifting of a pin; null where an operation did neither, or others did since. */
export async function pinsBack(bench: Workbench, { details }: Operation): Promise<PinChange | null> {
  const { pinned, unpinned, note } = details;
  const commit = parseHashId<CommitId>(details.commit ?? "");
  const name = pinned ?? unpinned;
  if (name === undefined || commit === undefined) return null;
  const now = (await bench.store.history.pins(bench.collection)).find((one) => one.name === name);
  if (pinned !== undefined) return now?.commit === commit ? lifting(now) : null;
  return now === undefined ? setting({ name, commit, note: note ?? null }) : null;
}

async function requireFreeName(bench: Workbench, name: string): Promise<void> {
  if (!namePattern.test(name) || /^[0-9a-f]{8,}$/.test(name)) {
    throw new StetError({
      code: "E-NAME",
      what: "That name cannot be a pin's.",
      where: JSON.stringify(name),
      why: "It holds letters, digits, _ . - (at most 100), begins with no dot or hyphen, and is not like an id.",
      kept: "Nothing was changed.",
      fixes: [{ cmd: "stet pin <name>", summary: "choose another" }],
    });
  }
  const twin = (await bench.store.history.pins(bench.collection)).find((one) => one.name === name);
  if (twin === undefined) return;
  throw new StetError({
    code: "E-EXISTS",
    what: "There is a pin of that name already.",
    where: name,
    why: `It holds ${twin.commit}, and a pin is never moved silently.`,
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet pin", summary: "see the pins" },
      { cmd: `stet unpin ${name}`, summary: "lift that one first" },
    ],
  });
}

function noSuchPin(name: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no pin of that name.",
    where: name,
    why: "It was never set, or is lifted already.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet pin", summary: "see the pins" }],
  });
}

function nothingToPin(where: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no version yet that a pin could hold.",
    where,
    why: "The collection has no history at that point.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet save", summary: "keep what is on disk first" }],
  });
}

import type { UpstreamEntry } from "../collections/manifest/upstream-entry.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome } from "./outcomes.ts";
import { record } from "./record/record.ts";
import { entriesNamed, readTracked, type Tracked } from "./updates/tracked.ts";
import { trackingEdits } from "./updates/tracking-edits.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface HoldInput extends CallOptions {
  readonly artifact: string;
  /** A tag or commit; by default the version that is here. */
  readonly at?: string;
}

/** Holds a third-party artifact at one version: updates pass it by until it is let go. Throws E-NOT-FOUND. */
export async function holdUpstream(
  environment: Environment,
  input: HoldInput,
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    const [entry] = entriesNamed(tracked, [input.artifact]);
    const have = entry === undefined ? undefined : tracked.lock.get(formatArtifact(entry.artifact));
    const pin = input.at ?? have?.tag ?? have?.commit ?? have?.version ?? null;
    if (entry === undefined || pin === null) throw withoutVersion(input.artifact);
    return await withEntry(bench, tracked, { ...entry, pin }, input);
  });
}

/** Lets a held artifact follow its source again. Throws E-NOT-FOUND. */
export async function releaseUpstream(
  environment: Environment,
  input: CallOptions & { readonly artifact: string },
): Promise<Answer<ChangeOutcome>> {
  return await writing(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    const [entry] = entriesNamed(tracked, [input.artifact]);
    if (entry === undefined) throw withoutVersion(input.artifact);
    return await withEntry(bench, tracked, { ...entry, pin: null }, input);
  });
}

async function withEntry(
  bench: Workbench,
  tracked: Tracked,
  entry: UpstreamEntry,
  input: CallOptions,
): Promise<Answer<ChangeOutcome>> {
  const outcome = await record(bench, {
    kind: "settings",
    reason: input.claims?.reason ?? null,
    edits: trackingEdits(tracked, new Map([[formatArtifact(entry.artifact), entry]]), new Map()),
    details: {
      [entry.pin === null ? "released" : "held"]:
        `${formatArtifact(entry.artifact)} ${entry.pin ?? ""}`.trim(),
    },
  });
  return answer(outcome, { notices: bench.notices, next: ["stet outdated", "stet undo"] });
}

function withoutVersion(where: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no version that it could be held at.",
    where,
    why: "Its source has no commits, tags or numbers: a folder is taken as it lies.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet info <artifact>", summary: "see where it comes from" }],
  });
}

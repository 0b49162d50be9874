import type { UpstreamEntry } from "../collections/manifest/upstream-entry.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { FileEntry } from "../domain/files.ts";
import type { CollectionPath } from "../domain/paths.ts";
import type { DiffData } from "./diff.ts";
import type { CallOptions, Environment } from "./environment.ts";
import type { FileDiff } from "./history/text-diff.ts";
import { type Answer, answer } from "./outcomes.ts";
import { receive, sentArtifact } from "./updates/arrival.ts";
import { diffOfEntries } from "./updates/diff-of-entries.ts";
import { type Upstreams, withUpstreams } from "./updates/fetch-upstreams.ts";
import { entriesHere, openTree } from "./updates/plan-updates.ts";
import { entriesNamed, readTracked } from "./updates/tracked.ts";
import { baseEntries } from "./updates/upstream-base.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

export interface DiffUpstreamInput extends CallOptions {
  /** `skill/pdf`; absent for all that have an upstream. */
  readonly artifact?: string;
  /** `upstream`: what they changed since the version that is here; `mine`: what was changed here since. */
  readonly side: "upstream" | "mine";
}

/** What changed upstream, or here, since the version that an artifact was last taken from. */
export async function diffUpstream(
  environment: Environment,
  input: DiffUpstreamInput,
): Promise<Answer<DiffData>> {
  return await reading(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    const entries = entriesNamed(tracked, input.artifact === undefined ? undefined : [input.artifact]);
    const files = await withUpstreams(environment, bench.located.base, async (upstreams) => {
      const here = await entriesHere(bench);
      const all: FileDiff[] = [];
      for (const entry of entries) {
        const key = formatArtifact(entry.artifact);
        const have = tracked.lock.get(key);
        const base = have === undefined ? null : await baseEntries(bench, have.base);
        if (base === null) {
          bench.notice("W-NO-BASE", `${key}: stet install fetches the version that it was taken from.`);
        } else if (input.side === "mine") {
          all.push(...(await diffOfEntries(bench, key, base, here.get(key) ?? new Map(), [])));
        } else all.push(...(await upstreamDifferences(bench, upstreams, entry, base)));
      }
      return all;
    });
    return answer(
      { files },
      { notices: bench.notices, next: files.length === 0 || input.side === "mine" ? [] : ["stet update"] },
    );
  });
}

async function upstreamDifferences(
  bench: Workbench,
  upstreams: Upstreams,
  entry: UpstreamEntry,
  base: ReadonlyMap<CollectionPath, FileEntry>,
): Promise<readonly FileDiff[]> {
  const key = formatArtifact(entry.artifact);
  const tree = await openTree(await upstreams.ofEntry(entry));
  if (typeof tree === "string") {
    bench.notice("W-UNREACHABLE", `${key}: ${tree}`);
    return [];
  }
  const sent = await sentArtifact(tree, { artifact: entry.artifact, path: entry.path }, entry.files);
  const arrival = await receive(sent, null);
  return await diffOfEntries(bench, key, base, arrival.entries, arrival.blobs);
}

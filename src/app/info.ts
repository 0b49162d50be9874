import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactAmong, readArtifactArgument } from "./history/artifact-argument.ts";
import { artifactVersion } from "./history/artifact-version.ts";
import { type Answer, answer } from "./outcomes.ts";
import { versionLabel } from "./updates/arrival.ts";
import { entriesHere } from "./updates/plan-updates.ts";
import { changedPaths } from "./updates/three-way.ts";
import { readTracked } from "./updates/tracked.ts";
import { baseEntries } from "./updates/upstream-base.ts";
import { reading } from "./workbench/reading.ts";

export interface ArtifactInfo {
  readonly artifact: string;
  readonly version: string;
  readonly files: number;
  /** Null for an artifact that was written here. */
  readonly upstream: {
    readonly source: string;
    readonly asked: string | null;
    readonly path: string;
    readonly pin: string | null;
    readonly version: string | null;
    readonly commit: string | null;
    readonly tag: string | null;
    readonly licence: string | null;
    readonly publisher: string | null;
    readonly released: string | null;
    readonly installedAt: string | null;
    readonly installedBy: string | null;
    /** Inner paths of files that differ from the version it was taken from; null where the store does not have it. */
    readonly edited: readonly string[] | null;
  } | null;
}

/** Where an artifact comes from, which version of it is here, and what was changed since. Throws E-NOT-FOUND. */
export async function info(
  environment: Environment,
  input: CallOptions & { readonly artifact: string },
): Promise<Answer<ArtifactInfo>> {
  return await reading(environment, input, async (bench) => {
    const reference = readArtifactArgument(input.artifact);
    const key = formatArtifact(reference);
    const artifact = artifactAmong(await bench.present(), reference);
    const tracked = await readTracked(bench);
    const entry = tracked.entries.get(key);
    const have = tracked.lock.get(key) ?? null;
    const base = have === null ? null : await baseEntries(bench, have.base);
    const mine = (await entriesHere(bench)).get(key) ?? new Map();
    const data: ArtifactInfo = {
      artifact: key,
      version: artifactVersion(artifact),
      files: artifact.files.length,
      upstream:
        entry === undefined
          ? null
          : {
              ...{ source: entry.source, asked: entry.range ?? entry.ref, path: entry.path, pin: entry.pin },
              version: have === null ? null : versionLabel(have),
              commit: have?.commit ?? null,
              tag: have?.tag ?? null,
              licence: have?.licence ?? null,
              publisher: have?.publisher ?? null,
              released: have?.released ?? null,
              installedAt: have?.at ?? null,
              installedBy: have?.by ?? null,
              edited: base === null ? null : changedPaths(base, mine),
            },
    };
    const next =
      entry === undefined ? [`stet log ${key}`] : [`stet diff ${key} --mine`, `stet outdated ${key}`];
    return answer(data, { notices: bench.notices, next });
  });
}

import semver from "semver";
import type { WantedVersion } from "../source-tree.ts";

/** What a repository says it has. Commits by short name; a tag's is the commit that it stands for. */
export interface RemoteRefs {
  readonly head: string | null;
  readonly branches: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
}

/** A commit, and the tag or version that led to it. */
export interface ChosenCommit {
  readonly commit: string;
  readonly tag: string | null;
  readonly version: string | null;
}

/** Reads what `git ls-remote` prints. */
export function parseRemoteRefs(printed: string): RemoteRefs {
  const branches = new Map<string, string>();
  const tags = new Map<string, string>();
  let head: string | null = null;
  for (const line of printed.split("\n")) {
    const [commit = "", name = ""] = line.split("\t");
    if (!isCommit(commit)) continue;
    if (name === "HEAD") head = commit;
    else if (name.startsWith("refs/heads/")) branches.set(name.slice(11), commit);
    // The line with ^{} comes behind that of the tag itself, and names the commit.
    else if (name.startsWith("refs/tags/")) tags.set(name.slice(10).replace(/\^\{\}$/, ""), commit);
  }
  return { head, branches, tags };
}

/** Which commit is wanted; null where the repository has none such. A branch goes before a tag of its name. */
export function chooseCommit(refs: RemoteRefs, { ref, range }: WantedVersion): ChosenCommit | null {
  if (range !== null) return highestWithin(refs, range);
  if (ref === null) return refs.head === null ? null : { commit: refs.head, tag: null, version: null };
  const branch = refs.branches.get(ref);
  if (branch !== undefined) return { commit: branch, tag: null, version: null };
  const tag = refs.tags.get(ref);
  if (tag !== undefined) return { commit: tag, tag: ref, version: versionOfTag(ref) };
  return isCommit(ref) ? { commit: ref, tag: tagOf(refs, ref), version: null } : null;
}

/** Whether what is typed behind `#` is a range of versions, and no branch, tag or commit. */
export function isVersionRange(refs: RemoteRefs, typed: string): boolean {
  if (refs.branches.has(typed) || refs.tags.has(typed) || isCommit(typed)) return false;
  return semver.validRange(typed) !== null;
}

/** The version that a tag names: `v1.2.0`, `1.2.0`, `pdf-v1.2.0`, `pdf@1.2.0`; null for any other. */
function versionOfTag(tag: string): string | null {
  return semver.valid(/(?:^|[-@/])v?(\d+\.\d+\.\d+(?:[-+][\w.+-]+)?)$/.exec(tag)?.[1] ?? "");
}

function highestWithin(refs: RemoteRefs, range: string): ChosenCommit | null {
  let best: ChosenCommit | null = null;
  for (const [tag, commit] of refs.tags) {
    const version = versionOfTag(tag);
    if (version === null || !semver.satisfies(version, range)) continue;
    if (best?.version == null || semver.gt(version, best.version)) best = { commit, tag, version };
  }
  return best;
}

function tagOf(refs: RemoteRefs, commit: string): string | null {
  for (const [tag, one] of refs.tags) if (one === commit) return tag;
  return null;
}

function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

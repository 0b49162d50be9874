import { valid, validRange } from "semver";

/** Where something lies in a repository, and which version of it. */
export interface GitReference {
  readonly source: string;
  readonly ref: string | null;
  readonly range: string | null;
  readonly path: string;
}

const githubPage =
  /^https?:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?(?:\/(?:tree|blob)\/([^/]+)(?:\/(.+?))?)?\/?$/;
const githubShorthand = /^([A-Za-z0-9][\w.-]*)\/([\w.-]+?)(?:\.git)?$/;

/** A repository of GitHub, by its address, by the address of a page in it, or as `owner/repo`; null for anything else. */
export function githubReference(text: string): (GitReference & { readonly commit: string | null }) | null {
  const [, owner, repository, ref = null, path = ""] =
    githubPage.exec(text) ?? githubShorthand.exec(text) ?? [];
  if (owner === undefined || repository === undefined) return null;
  const commit = ref !== null && isCommit(ref) ? ref : null;
  const source = `https://github.com/${owner}/${repository}`;
  return { source, ref: commit === null ? ref : null, range: null, path: decoded(path), commit };
}

/** Whether a text is the whole name of a commit. */
export function isCommit(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** A ref, or a range of versions: `^1.2.0`, `>=2 <3`, `1.5.x`. A whole version is the tag of that name. */
export function refOrRange(text: string | null): {
  readonly ref: string | null;
  readonly range: string | null;
} {
  if (text === null || text === "") return { ref: null, range: null };
  const isRange =
    /[\^~<>=*|\s]|(?:^|\.)x(?:\.|$)/i.test(text) && valid(text) === null && validRange(text) !== null;
  return isRange ? { ref: null, range: text } : { ref: text, range: null };
}

/** `refs/heads/main` and `refs/tags/v1` by the names that people use. */
export function shortRef(ref: string): { readonly ref: string; readonly tag: string | null } {
  const tag = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
  if (tag !== undefined) return { ref: tag, tag };
  return { ref: /^refs\/heads\/(.+)$/.exec(ref)?.[1] ?? ref, tag: null };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

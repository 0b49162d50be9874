/**
 * A git repository as a source: fetched into a bare repository of its own, and read from its objects. There is never
 * a working tree, so no hook, filter, smudge or link of a stranger's repository can act.
 */
import { errorName } from "../../../workspace/disk.ts";
import { upstreamFailure } from "../http/upstream-failure.ts";
import type { SourceContext, SourceTree, WantedVersion } from "../source-tree.ts";
import { GitObjects, parseListing } from "./git-objects.ts";
import {
  type ChosenCommit,
  chooseCommit,
  isVersionRange,
  parseRemoteRefs,
  type RemoteRefs,
} from "./remote-refs.ts";
import { type GitOutcome, runGit } from "./run-git.ts";

/** What a repository says it has. Throws E-UPSTREAM. */
export async function remoteRefs(url: string, context: SourceContext): Promise<RemoteRefs> {
  context.progress(`asking ${hostOf(url)}`);
  const git = await newRepository(await context.folder(), url, context);
  const listed = await git.needed("ls-remote", "--", url);
  return parseRemoteRefs(listed.output.toString("utf8"));
}

/** A ref as it is typed may be a range of versions: what the repository has decides. */
export function wantedVersion(refs: RemoteRefs, typed: string | null): WantedVersion {
  if (typed === null) return { ref: null, range: null };
  return isVersionRange(refs, typed) ? { ref: null, range: typed } : { ref: typed, range: null };
}

/** The commit that is wanted of a repository. Throws E-UPSTREAM where it has none such. */
export function chosenCommit(url: string, refs: RemoteRefs, wanted: WantedVersion): ChosenCommit {
  const chosen = chooseCommit(refs, wanted);
  if (chosen !== null) return chosen;
  const asked = wanted.range ?? wanted.ref;
  if (asked === null) throw upstreamFailure(url, "The repository has no commit yet.");
  const names = [...refs.tags.keys(), ...refs.branches.keys()].slice(-5).join(", ");
  const what = wanted.range === null ? `no branch, tag or commit ${asked}` : `no tag within ${asked}`;
  throw upstreamFailure(url, `It has ${what}; ${names === "" ? "it has none at all" : `it has ${names}`}.`);
}

/** Fetches one commit and reads from it until it is disposed of. Throws E-UPSTREAM. */
export async function fetchCommit(
  url: string,
  chosen: ChosenCommit,
  context: SourceContext,
): Promise<SourceTree & AsyncDisposable> {
  context.progress(`fetching ${hostOf(url)}`);
  const folder = await context.folder();
  const git = await newRepository(folder, url, context);
  await fetchInto(git, url, chosen.commit);
  const told = await git.needed("show", "--no-patch", "--format=%cI", chosen.commit);
  const root = await git.needed("rev-parse", `${chosen.commit}^{tree}`);
  const listed = await git.needed("ls-tree", "-r", "-t", "-l", "-z", chosen.commit);
  const { files, hashes, submodules } = parseListing(listed.output);
  const released = told.output.toString("utf8").trim();
  const top = root.output.toString("utf8").trim();
  const objects = new GitObjects(folder, context.variables);
  return {
    ...chosen,
    released: released === "" ? null : new Date(released).toISOString(),
    publisher: ownerOf(url),
    licence: null,
    files,
    left: submodules.map((path) => ({
      path,
      why: "a submodule is a repository of its own, and not taken along",
    })),
    hashOf: (path) => (path === "" ? top : (hashes.get(path) ?? null)),
    read: async (file) => {
      const bytes = file.hash === null ? undefined : await objects.read(file.hash);
      if (bytes !== undefined && bytes.length === file.size) return bytes;
      throw upstreamFailure(url, `${file.path} could not be read.`);
    },
    [Symbol.asyncDispose]: () => objects[Symbol.asyncDispose](),
  };
}

/** A server may refuse single commits, or shallow ones: then all of it is fetched, and the commit looked for. */
async function fetchInto(git: Git, url: string, commit: string): Promise<void> {
  const fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
  const shallow = await git.tried(...fetch, "--depth=1", "--", url, commit);
  if (shallow.code === 0) return;
  await git.needed(...fetch, "--", url, "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*");
  const found = await git.tried("cat-file", "-e", `${commit}^{commit}`);
  if (found.code !== 0)
    throw upstreamFailure(
      url,
      `The repository no longer has the commit ${commit}: ${reasonOf(shallow.said)}`,
    );
}

interface Git {
  /** Throws E-UPSTREAM where git fails. */
  readonly needed: (...words: readonly string[]) => Promise<GitOutcome>;
  readonly tried: (...words: readonly string[]) => Promise<GitOutcome>;
}

/** An empty repository of our own: nothing that is set up in one around it holds for what is fetched. */
async function newRepository(folder: string, url: string, context: SourceContext): Promise<Git> {
  const git = gitIn(folder, url, context);
  await git.needed("init", "--quiet", "--bare", "--template=");
  return git;
}

function gitIn(folder: string, url: string, context: SourceContext): Git {
  const tried = async (...words: readonly string[]) => {
    try {
      return await runGit(["--git-dir", folder, ...words], context, folder);
    } catch (error) {
      if (errorName(error) !== "ENOENT") throw error;
      throw upstreamFailure(url, "Repositories are read with git itself, and it is not on the path.");
    }
  };
  const needed = async (...words: readonly string[]) => {
    const outcome = await tried(...words);
    if (outcome.code === 0) return outcome;
    throw upstreamFailure(url, reasonOf(outcome.said));
  };
  return { needed, tried };
}

/** The lines in which git says what went wrong, without those that only lead there. */
function reasonOf(said: string): string {
  const lines = said.split("\n").filter((line) => /^(?:fatal|error|remote|ssh):/i.test(line));
  if (/429|rate limit/i.test(said)) return `It refuses more requests for now: ${lines[0] ?? said}`;
  return (lines.length > 0 ? lines : [said]).slice(0, 3).join(" ") || "git gave no reason.";
}

/** Who publishes a repository: host and owner. The author of one commit says nothing of that. */
function ownerOf(url: string): string | null {
  const found = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?([\w.-]+)[:/]([\w.-]+)\//.exec(url);
  return found === null || url.startsWith("file:") ? null : `${found[1]}/${found[2]}`;
}

function hostOf(url: string): string {
  return /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?([^/:]+)/.exec(url)?.[1] ?? url;
}

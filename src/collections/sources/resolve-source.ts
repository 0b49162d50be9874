import { resolveArchive } from "./archive-source.ts";
import { resolveFolder } from "./folder-source.ts";
import { chosenCommit, fetchCommit, remoteRefs, wantedVersion } from "./git/git-source.ts";
import { upstreamFailure } from "./http/upstream-failure.ts";
import { resolvePlugin } from "./marketplace-source.ts";
import { resolvePackage } from "./npm-source.ts";
import { parseSource } from "./source-address.ts";
import type { ResolvedSource, SourceContext, WantedVersion } from "./source-tree.ts";

/** Finds out which version of a source is wanted; little is fetched before it is opened. Throws E-UPSTREAM. */
export async function resolveSource(
  source: string,
  wanted: WantedVersion,
  context: SourceContext,
): Promise<ResolvedSource> {
  const address = parseSource(source);
  switch (address?.kind) {
    case "git":
      return await resolveGit(address.url, wanted, context);
    case "folder":
      return await resolveFolder(address.folder, wanted, context);
    case "archive":
      return await resolveArchive(address.location, wanted, context);
    case "npm":
      return await resolvePackage(address.name, wanted, context);
    case "marketplace": {
      const none = { ref: null, range: null };
      const marketplace = await resolveSource(address.of, none, context);
      const find = (one: string, version: WantedVersion) => resolveSource(one, version, context);
      return await resolvePlugin(address.of, address.plugin, marketplace, find);
    }
    case undefined:
      throw upstreamFailure(source, "It is no address of a source that this version knows.");
  }
}

async function resolveGit(
  url: string,
  wanted: WantedVersion,
  context: SourceContext,
): Promise<ResolvedSource> {
  const refs = await remoteRefs(url, context);
  const { ref, range } = wanted.typed === undefined ? wanted : wantedVersion(refs, wanted.typed);
  const chosen = chosenCommit(url, refs, { ref, range });
  return { ...chosen, asked: { ref, range }, tags: refs.tags, open: () => fetchCommit(url, chosen, context) };
}

import { newNameProblem } from "../../artifacts/artifact-name.ts";
import {
  describeFound,
  type FoundArtifact,
  findArtifacts,
} from "../../collections/sources/find-artifacts.ts";
import {
  formatSource,
  hasCredentials,
  parseTypedSource,
  type TypedSource,
} from "../../collections/sources/source-address.ts";
import type { ResolvedSource, SourceTree } from "../../collections/sources/source-tree.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import { readArtifactArgument } from "../history/artifact-argument.ts";
import { nameProblem } from "../record/free-path.ts";
import type { Upstreams } from "./fetch-upstreams.ts";

/** What a source offers, open to be read. */
export interface Offer {
  readonly typed: TypedSource;
  readonly source: string;
  readonly resolved: ResolvedSource;
  readonly tree: SourceTree;
  readonly found: readonly FoundArtifact[];
}

/** What of an offer is wanted. */
export interface OfferChoice {
  /** What the one artifact is called here. */
  readonly as?: string;
  readonly all?: boolean;
}

/** Reads a source as it is typed. Throws E-USAGE, and never shows a password that stands in it. */
export function readSource(text: string): { readonly typed: TypedSource; readonly source: string } {
  const typed = parseTypedSource(text);
  const problem =
    typeof typed === "string" ? typed : hasCredentials(text) ? "it carries a password or token" : null;
  if (typeof typed !== "string" && problem === null) return { typed, source: formatSource(typed.address) };
  throw new StetError({
    code: "E-USAGE",
    what: "That is not a source that artifacts can come from.",
    where: hasCredentials(text) ? "the address" : JSON.stringify(text),
    why: `${problem ?? ""}.`,
    kept: "Nothing was fetched.",
    fixes: [
      {
        cmd: "stet add owner/repository",
        summary: "a repository on GitHub; any address that git takes will do",
      },
      { cmd: "stet add ./folder", summary: "a folder on this machine" },
    ],
  });
}

/** Fetches what a source holds. Throws E-UPSTREAM. */
export async function offerOf(
  upstreams: Upstreams,
  { typed, source }: { readonly typed: TypedSource; readonly source: string },
): Promise<Offer> {
  const fetched = await upstreams.version(source, { ref: null, range: null, typed: typed.ref });
  if (fetched.error !== null) throw fetched.error;
  const tree = await fetched.tree();
  const top = (typed.path === "" ? source : typed.path).replace(/\.git$|\/$/, "").replace(/^.*[/:]/, "");
  const found = findArtifacts(tree.files, typed.path, top);
  return { typed, source, resolved: fetched.resolved, tree, found };
}

/** What is taken of an offer: the only one, all of them, or the one that its place names. */
export function chooseFound(offer: Offer, input: OfferChoice): readonly FoundArtifact[] {
  const { found, source, typed } = offer;
  if (found.length === 0) throw nothingThere(source, typed.path);
  if (input.as !== undefined) {
    const as = readArtifactArgument(input.as);
    const matching = found.length === 1 ? found : found.filter((one) => one.artifact.name === as.name);
    const [only, ...others] = matching;
    if (only === undefined || others.length > 0) throw severalThere(source, found);
    return [{ ...only, artifact: requireName(as) }];
  }
  if (found.length > 1 && input.all !== true) throw severalThere(source, found);
  const byName = Map.groupBy(found, (one) => formatArtifact(one.artifact));
  // Of several that lie in one source under one name, the first by its path is taken; the others need --as.
  return [...byName.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

function requireName(artifact: ArtifactReference): ArtifactReference {
  const problem = newNameProblem(artifact.kind, artifact.name);
  if (problem !== null) throw nameProblem(formatArtifact(artifact), problem);
  return artifact;
}

function nothingThere(source: string, path: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "The source holds no artifact there.",
    where: path === "" ? source : `${source} ${path}`,
    why: "An artifact is a folder with a SKILL.md, or a Markdown file in agents, commands or rules.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet add ${source} --list`, summary: "see what it holds" }],
  });
}

function severalThere(source: string, found: readonly FoundArtifact[]): StetError {
  return new StetError({
    code: "E-AMBIGUOUS",
    what: `The source holds ${found.length} artifacts, and none was named.`,
    where: source,
    why: `There is ${found.slice(0, 5).map(describeFound).join(", ")}${found.length > 5 ? ", and more" : ""}.`,
    kept: "Nothing was changed.",
    fixes: [
      { cmd: `stet add ${source} --list`, summary: "see all of them" },
      { cmd: `stet add ${source}//${found[0]?.path ?? ""}`, summary: "take one, by where it lies" },
      { cmd: `stet add ${source} --all`, summary: "take all" },
    ],
  });
}

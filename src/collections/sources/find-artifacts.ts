import { namePathProblem } from "../../artifacts/artifact-name.ts";
import { artifactOfPath, mainInner } from "../../artifacts/artifact-path.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import { comparePaths, parsePath } from "../../domain/paths.ts";
import type { SourceFile } from "./source-tree.ts";

/** An artifact as it lies in a source. */
export interface FoundArtifact {
  readonly artifact: ArtifactReference;
  /** The folder, or the one file, that it is. Empty for the source's top. */
  readonly path: string;
}

/** Folders that hold artifacts, as the open layout, plugins and runtimes name them. */
const kindFolder = /^(?:.*\/)?(?=(?:skills|agents|commands|rules|reports|stet\/mcp)\/)/;
/** What lies beside artifacts of one file and is none. */
const beside = /(?:^|\/)(?:README|CHANGELOG|LICENSE|CONTRIBUTING|CLAUDE|AGENTS|GEMINI)\.md$/i;

/**
 * The artifacts in a source, or below one path of it, by their paths: folders with a `SKILL.md` wherever they lie,
 * and files in folders named after a kind. Of a path that is a file, that file. What two places name alike is given
 * twice: whoever adds has to choose.
 *
 * @param top what a skill that is the whole source is called.
 */
export function findArtifacts(
  files: ReadonlyMap<string, SourceFile>,
  below: string,
  top: string,
): readonly FoundArtifact[] {
  const within = (path: string) => below === "" || path === below || path.startsWith(`${below}/`);
  const paths = [...files.keys()].filter(within).sort(comparePaths);
  const skills = paths
    .filter((path) => /(?:^|\/)SKILL\.md$/i.test(path))
    .map((path) => path.slice(0, Math.max(path.lastIndexOf("/"), 0)));
  const isInSkill = (path: string) => skills.some((folder) => folder === "" || path.startsWith(`${folder}/`));
  const found = new Map<string, FoundArtifact>();
  for (const folder of skills) {
    if (skills.some((other) => other !== folder && (other === "" || folder.startsWith(`${other}/`))))
      continue;
    const name = folder === "" ? top : folder.slice(folder.lastIndexOf("/") + 1);
    found.set(folder, { artifact: { kind: "skill", name }, path: folder });
  }
  for (const path of paths) {
    if (isInSkill(path) || beside.test(path)) continue;
    const artifact = singleFile(path, below);
    if (artifact !== null) found.set(path, { artifact, path });
  }
  return [...found.values()]
    .filter(({ artifact }) => namePathProblem(artifact.name) === null)
    .sort((one, other) => comparePaths(one.path, other.path));
}

function singleFile(path: string, below: string): ArtifactReference | null {
  const prefix = kindFolder.exec(path)?.[0];
  const inLayout = prefix === undefined ? path : path.slice(prefix.length);
  const parsed = parsePath(inLayout);
  const place = parsed === undefined ? null : artifactOfPath(parsed);
  if (place !== null && place.artifact.kind !== "skill" && place.artifact.kind !== "report")
    return place.artifact;
  // A Markdown file that was named itself, outside any folder of a kind, is taken for an agent.
  const name = path.slice(path.lastIndexOf("/") + 1);
  return path === below && name.endsWith(".md") ? { kind: "agent", name: name.slice(0, -3) } : null;
}

/** The files of an artifact by the inner path that each gets; what has no place there is left out. */
export function artifactFiles(
  files: ReadonlyMap<string, SourceFile>,
  { artifact, path }: FoundArtifact,
): ReadonlyMap<string, SourceFile> {
  const single = files.get(path);
  if (single !== undefined) return new Map([[mainInner(artifact.kind), single]]);
  const prefix = path === "" ? "" : `${path}/`;
  const inner = new Map<string, SourceFile>();
  for (const [name, file] of files) {
    if (name.startsWith(prefix)) inner.set(name.slice(prefix.length), file);
  }
  return inner;
}

export function describeFound({ artifact, path }: FoundArtifact): string {
  return path === "" ? formatArtifact(artifact) : `${formatArtifact(artifact)} (${path})`;
}

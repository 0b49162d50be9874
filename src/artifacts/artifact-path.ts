/**
 * Which artifact a collection path belongs to, and back.
 *
 * - `artifactOfPath(pathOfInner(a, inner))` gives `a` and `inner` for every artifact and inner path that has
 *   a place; `pathOfInner` of what `artifactOfPath` gave is the path again. No two artifacts share a place.
 * - A path that belongs to no artifact (`agents/README.txt`, `skills/notes.md`) is still versioned: the answer
 *   is null, never an error. Names are taken as they stand; `artifact-name.ts` judges them.
 * - Inner paths do not hold the artifact's own name, so its version survives a rename.
 */
import type { ArtifactKind, ArtifactReference } from "../domain/artifact-kinds.ts";
import { type CollectionPath, parsePath } from "../domain/paths.ts";

/** A path seen from its artifact. */
export interface ArtifactPart {
  readonly artifact: ArtifactReference;
  /** Path inside the artifact: `SKILL.md`, `scripts/run.py`; for a kind of one file always the same name. */
  readonly inner: string;
}

/** Where an artifact lies: a folder and its main file, or one file (`folder` is null). */
export interface ArtifactPlace {
  readonly main: CollectionPath;
  readonly folder: CollectionPath | null;
}

/** Name of the file that makes a folder an artifact. */
export const mainFileNames = { skill: "SKILL.md", report: "report.md" } as const;

const projectPrefix = "@project/";
const hooksPath = "stet/hooks.json";

/**
 * Kinds of one file. The nested ones are read recursively by Claude Code: `agents/team/x.md` is `agent/team/x`
 * here, though its frontmatter's `name` alone decides what Claude Code calls it.
 */
const singleFileKinds = [
  { kind: "agent", folder: "agents/", extension: ".md", nested: true },
  { kind: "command", folder: "commands/", extension: ".md", nested: true },
  { kind: "rule", folder: "rules/", extension: ".md", nested: true },
  { kind: "mcp", folder: "stet/mcp/", extension: ".json", nested: false },
] as const;

/** Kinds that are a folder: the first segment is the name, whatever lies below belongs to it. */
const folderKinds = [
  { kind: "skill", folder: "skills/" },
  { kind: "report", folder: "reports/" },
] as const;

/** The inner path of the one file of a kind of one file; null for kinds that are a folder. */
function singleInner(kind: ArtifactKind): string | null {
  switch (kind) {
    case "skill":
    case "report":
      return null;
    case "mcp":
    case "hooks":
      return `${kind}.json`;
    default:
      return `${kind}.md`;
  }
}

/** The inner path of the file that a runtime reads first. */
export function mainInner(kind: ArtifactKind): string {
  return kind === "skill" || kind === "report" ? mainFileNames[kind] : (singleInner(kind) ?? "");
}

/** Whether a rule's name is that of folder instructions in place: `AGENTS`, `docs/CLAUDE`. */
export function isRuleInPlace(name: string): boolean {
  const last = name.slice(name.lastIndexOf("/") + 1);
  return last === "AGENTS" || last === "CLAUDE";
}

/** The artifact that a path belongs to; null where it belongs to none. */
export function artifactOfPath(path: CollectionPath): ArtifactPart | null {
  if (path === hooksPath) return { artifact: { kind: "hooks", name: "hooks" }, inner: "hooks.json" };
  if (path.startsWith(projectPrefix)) return ruleInPlace(path);
  for (const { kind, folder } of folderKinds) {
    if (!path.startsWith(folder)) continue;
    const slash = path.indexOf("/", folder.length);
    if (slash === -1) return null;
    return { artifact: { kind, name: path.slice(folder.length, slash) }, inner: path.slice(slash + 1) };
  }
  for (const { kind, folder, extension, nested } of singleFileKinds) {
    if (!path.startsWith(folder)) continue;
    const name = nameOfFile(path.slice(folder.length), extension);
    if (name === null || (!nested && name.includes("/"))) return null;
    // `rules/AGENTS.md` would take the name of the instructions in place.
    if (kind === "rule" && isRuleInPlace(name)) return null;
    return { artifact: { kind, name }, inner: singleInner(kind) ?? "" };
  }
  return null;
}

/** Where an artifact lies; null where its name cannot be a path or its kind has no place for it. */
export function placeOfArtifact(artifact: ArtifactReference): ArtifactPlace | null {
  const { kind, name } = artifact;
  if (name === "") return null;
  if (kind === "skill" || kind === "report") {
    if (name.includes("/")) return null;
    const folder = parsePath(`${kind}s/${name}`);
    const main = parsePath(`${kind}s/${name}/${mainFileNames[kind]}`);
    return folder === undefined || main === undefined ? null : { main, folder };
  }
  const text = singleFilePath(kind, name);
  const main = text === null ? undefined : parsePath(text);
  return main === undefined ? null : { main, folder: null };
}

/** The path of one file of an artifact; null where it has no such place. */
export function pathOfInner(artifact: ArtifactReference, inner: string): CollectionPath | null {
  const place = placeOfArtifact(artifact);
  if (place === null) return null;
  if (place.folder === null) return inner === singleInner(artifact.kind) ? place.main : null;
  return parsePath(`${place.folder}/${inner}`) ?? null;
}

function singleFilePath(kind: Exclude<ArtifactKind, "skill" | "report">, name: string): string | null {
  if (kind === "hooks") return name === "hooks" ? hooksPath : null;
  if (kind === "mcp") return name.includes("/") ? null : `stet/mcp/${name}.json`;
  if (kind === "rule" && isRuleInPlace(name)) return `${projectPrefix}${name}.md`;
  // A last segment that is empty would be a file of the bare extension, which no runtime reads.
  return name.endsWith("/") ? null : `${kind}s/${name}.md`;
}

function ruleInPlace(path: CollectionPath): ArtifactPart | null {
  const name = nameOfFile(path.slice(projectPrefix.length), ".md");
  if (name === null || !isRuleInPlace(name)) return null;
  return { artifact: { kind: "rule", name }, inner: "rule.md" };
}

function nameOfFile(rest: string, extension: string): string | null {
  if (!rest.endsWith(extension)) return null;
  const name = rest.slice(0, -extension.length);
  return name === "" || name.endsWith("/") ? null : name;
}

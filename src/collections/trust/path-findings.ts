import { namePathProblem } from "../../artifacts/artifact-name.ts";
import { isSymlink } from "../../domain/files.ts";
import { foldedPath, pathProblem } from "../../domain/paths.ts";
import { pathClashes } from "../../snapshot/path-clashes.ts";
import type { FetchedFile } from "../sources/fetched-file.ts";
import { hiddenCharacters } from "./hidden-characters.ts";
import { escapeHidden, type TrustFinding, trustFinding } from "./trust-finding.ts";

/** What git itself refuses in a tree, whatever its case: a folder of that name runs what lies in it. */
const versionControl = /(?:^|\/)\.git[. ]*(?:\/|$)/i;
const fileKinds = 0o170000;
const regularKind = 0o100000;

/** Names that cannot be taken in, twins, files under files, and what is neither a file nor a link. */
export function pathFindings(files: readonly Pick<FetchedFile, "path" | "mode">[]): readonly TrustFinding[] {
  return [...files.flatMap(nameFindings), ...twinFindings(files.map(({ path }) => path))];
}

function nameFindings({ path, mode }: Pick<FetchedFile, "path" | "mode">): readonly TrustFinding[] {
  const problem = pathProblem(path) ?? namePathProblem(path) ?? ownProblem(path);
  const findings = problem === null ? [] : [refused("path", path, problem)];
  if (!isSymlink(mode) && (mode & fileKinds) !== regularKind) {
    findings.push(
      refused("special-file", path, "a folder, device, pipe or socket where a file was expected"),
    );
  }
  return findings;
}

function ownProblem(path: string): string | null {
  if (versionControl.test(path)) return "a folder of version control";
  return hiddenCharacters(path, false).length > 0 ? "hidden characters in the name" : null;
}

function twinFindings(paths: readonly string[]): readonly TrustFinding[] {
  const findings: TrustFinding[] = [];
  // Folders are compared too: `Scripts/a` and `scripts/b` become one folder where case is folded.
  const spellings = new Map<string, Set<string>>();
  for (const path of paths) {
    for (const part of [...foldersOf(path), path]) {
      const folded = foldedPath(part);
      const others = spellings.get(folded);
      if (others === undefined) spellings.set(folded, new Set([part]));
      else others.add(part);
    }
  }
  for (const twins of spellings.values()) {
    const [first = "", ...others] = [...twins];
    if (others.length === 0 || isInTwinFolders(first, others)) continue;
    const named = [...twins].map((twin) => JSON.stringify(escapeHidden(twin))).join(", ");
    findings.push(refused("twin", first, `differs only by case or Unicode form: ${named}`));
  }
  for (const path of repeated(paths)) findings.push(refused("twin", path, "comes twice"));
  for (const path of pathClashes(new Set(paths), new Set(paths))) {
    findings.push(refused("twin", path, "a file where another file needs a folder"));
  }
  return findings;
}

/** Whether only the folders above differ: then those are told, once. */
function isInTwinFolders(first: string, others: readonly string[]): boolean {
  const name = first.slice(first.lastIndexOf("/") + 1);
  return others.every((other) => other.slice(other.lastIndexOf("/") + 1) === name);
}

function foldersOf(path: string): readonly string[] {
  const segments = path.split("/");
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join("/"));
}

function repeated(paths: readonly string[]): readonly string[] {
  const groups = Map.groupBy(paths, (path) => path);
  return [...groups].filter(([, group]) => group.length > 1).map(([path]) => path);
}

function refused(code: "path" | "twin" | "special-file", path: string, message: string): TrustFinding {
  return trustFinding(code, path, { message, evidence: [], severity: "refused" });
}

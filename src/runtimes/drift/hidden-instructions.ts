import { posix } from "node:path";
import { type FileEntry, isSymlink } from "../../domain/files.ts";
import { instructionsPrefix } from "../placement/canonical-places.ts";
import { hidingPaths } from "../placement/target-plan.ts";
import type { CanonicalArtifact, TargetInput } from "./sync-row.ts";

/**
 * Why a runtime does not read folder instructions that lie in place: another file takes their place and does
 * not bring them in (BUGS F7). Null where it reads them. Only files in the project are seen: a hiding file in
 * a folder above it is not.
 */
export async function hiddenReason(input: TargetInput, artifact: CanonicalArtifact): Promise<string | null> {
  const { runtime } = input.plan.target;
  for (const canonicalPath of artifact.files.keys()) {
    const path = canonicalPath.slice(instructionsPrefix.length);
    const fileName = path.slice(path.lastIndexOf("/") + 1);
    const mark = input.plan.instructions.get(fileName)?.hiding.importMark ?? null;
    for (const hiding of hidingPaths(input.plan, path)) {
      const entry = presentFile(input, hiding);
      if (entry === undefined || (await bringsIn(input, hiding, entry, path, mark))) continue;
      const help = mark === null ? "" : `; the line ${mark}${relative(hiding, path)} in it would bring it in`;
      return `${runtime.title} does not read ${path} while ${hiding} is there${help}`;
    }
  }
  return null;
}

/** A file of the project: scanned at the target, or canonical itself. */
function presentFile(input: TargetInput, path: string): FileEntry | undefined {
  const scanned = input.present.get(path);
  if (scanned !== undefined) return scanned;
  for (const { kind, files } of input.artifacts) {
    const entry = kind === "rule" ? files.get(instructionsPrefix + path) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

async function bringsIn(
  input: TargetInput,
  hiding: string,
  entry: FileEntry,
  path: string,
  mark: string | null,
): Promise<boolean> {
  const bytes = await input.readBlob(entry.blob);
  if (bytes === undefined) return false;
  const text = new TextDecoder().decode(bytes);
  const wanted = relative(hiding, path);
  if (isSymlink(entry.mode)) return posix.normalize(text) === wanted;
  const words = text.split(/\s+/);
  return mark !== null && (words.includes(mark + wanted) || words.includes(`${mark}./${wanted}`));
}

function relative(from: string, to: string): string {
  // Absolute, so that the working folder plays no part.
  return posix.relative(posix.dirname(`/${from}`), `/${to}`);
}

import { invariant } from "../domain/errors.ts";
import { regularMode } from "../domain/files.ts";
import { type BlobId, parseHashId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import { encodeText } from "../formats/text-shape.ts";
import type { ArtifactFile } from "./artifact.ts";
import { artifactOfPath, mainInner } from "./artifact-path.ts";
import type { Finding } from "./finding.ts";
import { validateArtifact } from "./validate.ts";

/** Stands for the blob of a text that is only looked at: validation reads the bytes, not what they are filed under. */
const unfiledBlob = parseHashId<BlobId>(`sha256:${"0".repeat(64)}`);

/**
 * What a runtime would stumble over in the text of one file, in words that say no line, so that two texts can be
 * compared by their problems. Empty for a file that no runtime reads as an artifact.
 */
export function textProblems(path: CollectionPath, text: string): readonly string[] {
  return textFindings(path, text)
    .filter(({ severity }) => severity !== "note")
    .map(({ code, message }) => `${code}: ${message}`);
}

/** What is to be said of the text of one file, leniently. Empty for a file that no runtime reads as an artifact. */
export function textFindings(path: CollectionPath, text: string): readonly Finding[] {
  const part = artifactOfPath(path);
  const bytes = encodeText(text);
  if (part === null || bytes === null || part.inner !== mainInner(part.artifact.kind)) return [];
  invariant(unfiledBlob !== undefined, "the id of no blob");
  const entry = { blob: unfiledBlob, mode: regularMode, size: bytes.length };
  const main: ArtifactFile = { inner: part.inner, path, entry };
  return validateArtifact({ reference: part.artifact, files: [main], main }, bytes, "lenient");
}

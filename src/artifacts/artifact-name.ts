/**
 * Names of artifacts: what a new one may be called, which existing one is safe as a path, and its form in a URL.
 *
 * - Every name that `newNameProblem` accepts, `namePathProblem` accepts too.
 * - A name with a path problem is never made into a path on disk (BUGS D5, X2).
 * - `decodeName(encodeName(name))` is `name`, and two names never share an encoding.
 */
import type { ArtifactKind } from "../domain/artifact-kinds.ts";
import { limits } from "../domain/limits.ts";
import { isRuleInPlace, placeOfArtifact } from "./artifact-path.ts";

export type NameProblem =
  | "empty"
  | "ill-formed Unicode"
  | "dot segment"
  | "leading dash"
  | "control character"
  | "device name"
  | "trailing dot or space"
  | "backslash"
  | "colon"
  | "too long"
  | "not lower-case letters, digits and single hyphens"
  | "no place for it";

/** Agent Skills specification, field `name`. */
const specSegment = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Windows takes these for devices, also with an extension: `con`, `NUL.txt`, `com1 .md`. */
const deviceName = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?: *\..*| *)$/iu;
/** Controls, and marks that turn the direction of text: both disguise a name where it is printed. */
const controlCharacter = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u;

const encoder = new TextEncoder();

/** Why a new artifact cannot have this name; null where it can. */
export function newNameProblem(kind: ArtifactKind, name: string): NameProblem | null {
  const problem = namePathProblem(name);
  if (problem !== null) return problem;
  if (placeOfArtifact({ kind, name }) === null) return "no place for it";
  // Instructions in place have the name that runtimes look for, in a folder that is there already.
  if (kind === "rule" && isRuleInPlace(name)) return null;
  for (const segment of name.split("/")) {
    if (segment.length > limits.nameSegmentCharactersMax) return "too long";
    if (!specSegment.test(segment)) return "not lower-case letters, digits and single hyphens";
  }
  return null;
}

/** Why an existing name is not safe as a path on every file system; null where it is. */
export function namePathProblem(name: string): NameProblem | null {
  if (name === "") return "empty";
  if (!name.isWellFormed()) return "ill-formed Unicode";
  if (encoder.encode(name).length > limits.pathBytesMax) return "too long";
  for (const segment of name.split("/")) {
    const problem = segmentProblem(segment);
    if (problem !== null) return problem;
  }
  return null;
}

function segmentProblem(segment: string): NameProblem | null {
  if (segment === "" || segment === "." || segment === "..") return "dot segment";
  if (segment.startsWith("-")) return "leading dash";
  if (controlCharacter.test(segment)) return "control character";
  if (segment.includes("\\")) return "backslash";
  if (segment.includes(":")) return "colon";
  if (deviceName.test(segment)) return "device name";
  if (segment.endsWith(".") || segment.endsWith(" ")) return "trailing dot or space";
  if (encoder.encode(segment).length > limits.pathSegmentBytesMax) return "too long";
  return null;
}

/**
 * A name as one segment of a URL (RFC 3986 percent-encoding): `git/commit` gives `git%2Fcommit`.
 * Throws a RangeError on a name that has a path problem: such a one is never handed out as a link.
 */
export function encodeName(name: string): string {
  const problem = namePathProblem(name);
  if (problem !== null) throw new RangeError(`not a name (${problem}): ${JSON.stringify(name)}`);
  return encodeURIComponent(name);
}

/** Reads a segment of a URL; undefined where it is not the encoding of a name that is safe as a path. */
export function decodeName(segment: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(segment);
  } catch {
    return undefined;
  }
  // One spelling for one name: `git/commit` or `%67it` would be a second address of the same thing.
  return namePathProblem(name) === null && encodeURIComponent(name) === segment ? name : undefined;
}

import { limits } from "./limits.ts";

/**
 * A path in a collection: relative, `/` between segments, well-formed Unicode, none of the segments empty,
 * `.` or `..`. Paths are compared by their UTF-8 bytes; normal forms serve only to find clashes.
 */
declare const collectionPath: unique symbol;
export type CollectionPath = string & { readonly [collectionPath]: true };

export type PathProblem =
  | "empty"
  | "absolute"
  | "too long"
  | "too deep"
  | "segment too long"
  | "dot segment"
  | "control character"
  | "ill-formed Unicode"
  | "backslash";

/** Bytes of well-formed text in UTF-8. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) continue;
    // Each half of a surrogate pair stands for two of the pair's four bytes.
    const isSurrogate = code >= 0xd800 && code <= 0xdfff;
    length += code < 0x800 || isSurrogate ? 1 : 2;
  }
  return length;
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

/** A path of plain characters, no segment of which begins with a dot: nearly all are. */
const plainPath = /^(?:[\w-][\w. -]*\/)*[\w-][\w. -]*$/;
/** Too short to be too deep: a segment takes a character and a slash. */
const plainCharactersMax = Math.min(limits.pathDepthMax * 2 - 1, limits.pathSegmentBytesMax);

/** Why `text` cannot be a collection path; null where it can. */
export function pathProblem(text: string): PathProblem | null {
  if (text.length <= plainCharactersMax && plainPath.test(text)) return null;
  if (text === "") return "empty";
  if (!text.isWellFormed()) return "ill-formed Unicode";
  if (text.startsWith("/")) return "absolute";
  if (text.includes("\\")) return "backslash";
  if (hasControl(text)) return "control character";
  if (utf8Length(text) > limits.pathBytesMax) return "too long";
  const segments = text.split("/");
  if (segments.length > limits.pathDepthMax) return "too deep";
  for (const segment of segments) {
    if (segment === "" || segment === "." || segment === "..") return "dot segment";
    if (utf8Length(segment) > limits.pathSegmentBytesMax) return "segment too long";
  }
  return null;
}

/** Reads a collection path from outside; undefined where it has a problem. */
export function parsePath(text: string): CollectionPath | undefined {
  return pathProblem(text) === null ? (text as CollectionPath) : undefined;
}

/** A collection path that the program itself built. Throws a RangeError where it has a problem. */
export function pathOf(text: string): CollectionPath {
  const problem = pathProblem(text);
  if (problem !== null) throw new RangeError(`not a collection path (${problem}): ${JSON.stringify(text)}`);
  return text as CollectionPath;
}

/** Order of two paths by their UTF-8 bytes (that of their code points). */
export function comparePaths(one: string, other: string): number {
  if (one === other) return 0;
  const shorter = Math.min(one.length, other.length);
  for (let index = 0; index < shorter; index++) {
    const left = one.charCodeAt(index);
    const right = other.charCodeAt(index);
    if (left === right) continue;
    // Surrogates stand for code points above U+FFFF and sort behind U+E000 to U+FFFF in UTF-8.
    const leftAbove = left >= 0xd800 && left <= 0xdfff;
    const rightAbove = right >= 0xd800 && right <= 0xdfff;
    if (leftAbove !== rightAbove) return leftAbove ? 1 : -1;
    return left - right;
  }
  return one.length - other.length;
}

/** In ASCII no letter has another form, and the lower case of each is one letter of ASCII. */
const ascii = /^[ -~]*$/;

/** The form under which file systems that fold case or Unicode may take two paths for one. */
export function foldedPath(path: string): string {
  if (ascii.test(path)) return path.toLowerCase();
  return path.normalize("NFC").toLowerCase().normalize("NFC");
}

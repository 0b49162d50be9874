import { isList } from "../../formats/format-value.ts";
import type { CarriedField, KeyCodec } from "./dialect.ts";

/** The canonical `paths` of a rule: a list, as Claude Code writes them; one text with commas is read as well. */
const pathsKey: KeyCodec = { key: "paths", read: readGlobs, write: splitGlobs };

/** The paths that a rule is for, at a target under another key, as one text with commas. */
export function globField(key: string, absent?: string): CarriedField {
  const target: KeyCodec = { key, read: readGlobs, write: (text) => text };
  return { name: "paths", canonical: pathsKey, target, ...(absent === undefined ? {} : { absent }) };
}

/** Globs as one text with commas; null for none, undefined for what are not globs. */
function readGlobs(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  const given = typeof value === "string" ? splitGlobs(value) : value;
  if (!isList(given)) return undefined;
  const globs: string[] = [];
  for (const one of given) {
    if (typeof one !== "string") return undefined;
    const glob = one.trim();
    // A comma between braces belongs to the glob; any other would part it.
    if (glob === "" || splitGlobs(glob).length !== 1) return undefined;
    globs.push(glob);
  }
  return globs.length === 0 ? null : globs.join(",");
}

/** `*.{ts,tsx}, docs/**` gives two globs: commas between braces part nothing. */
function splitGlobs(text: string): readonly string[] {
  const globs: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at];
    if (sign === "{") depth += 1;
    else if (sign === "}") depth -= 1;
    else if (at === text.length || (sign === "," && depth <= 0)) {
      const glob = text.slice(begin, at).trim();
      if (glob !== "") globs.push(glob);
      begin = at + 1;
    }
  }
  return globs;
}

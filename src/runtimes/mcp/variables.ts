/**
 * References to environment variables: `${NAME}` and `${NAME:-default}` in canonical texts, and each dialect's
 * own way to write them.
 */

/** How a runtime writes a reference in a text: `${env:NAME}`. */
export interface VariableSyntax {
  readonly open: string;
  readonly close: string;
  /** What parts the name from its default; null where there are no defaults. */
  readonly defaultMark: string | null;
  /** Whether `$NAME` is a reference as well. */
  readonly bare?: boolean;
}

/** `${NAME}` and `${NAME:-default}`, as in a shell. */
export const shellSyntax: VariableSyntax = { open: "${", close: "}", defaultMark: ":-" };

/** A text in its parts: plain text, or a reference. */
export type TextPart = string | { readonly name: string; readonly fallback: string | null };

const canonical = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

function textParts(text: string): readonly TextPart[] {
  return partsBy(text, canonical);
}

function partsBy(text: string, pattern: RegExp): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > done) parts.push(text.slice(done, match.index));
    parts.push({ name: match[1] ?? match[3] ?? "", fallback: match[2] ?? null });
    done = match.index + match[0].length;
  }
  if (done < text.length) parts.push(text.slice(done));
  return parts;
}

/** The one variable that a text is, and nothing besides; null where it is anything else. */
export function onlyVariable(
  text: string,
): { readonly name: string; readonly fallback: string | null } | null {
  const [part, ...rest] = textParts(text);
  return part === undefined || typeof part === "string" || rest.length > 0 ? null : part;
}

export type WrittenText =
  | { readonly outcome: "written"; readonly text: string; readonly lostDefault: boolean }
  | { readonly outcome: "inexpressible"; readonly why: string };

/** A canonical text in a dialect; null stands for a runtime that replaces nothing in texts. */
export function writeText(text: string, syntax: VariableSyntax | null): WrittenText {
  const parts = textParts(text);
  if (syntax === null) {
    const first = parts.find((part) => typeof part !== "string");
    if (first === undefined) return { outcome: "written", text, lostDefault: false };
    return { outcome: "inexpressible", why: `it does not replace variables (\${${first.name}})` };
  }
  let lostDefault = false;
  const written = parts.map((part) => {
    if (typeof part === "string") return part;
    const { open, close, defaultMark } = syntax;
    if (part.fallback !== null && defaultMark === null) lostDefault = true;
    const fallback = part.fallback === null || defaultMark === null ? "" : defaultMark + part.fallback;
    return open + part.name + fallback + close;
  });
  const result = written.join("");
  const back = readText(result, syntax);
  const meant = lostDefault ? text.replace(canonical, "${$1}") : text;
  if (back.outcome === "unknown" || back.text !== meant) {
    return { outcome: "inexpressible", why: `${JSON.stringify(text)} would be taken for a variable` };
  }
  return { outcome: "written", text: result, lostDefault };
}

export type ReadText =
  | { readonly outcome: "read"; readonly text: string }
  | { readonly outcome: "unknown"; readonly why: string };

/** A dialect's text in the canonical form. What would turn into a variable there, or is one of the runtime's own, is not read. */
export function readText(text: string, syntax: VariableSyntax | null): ReadText {
  const parts = syntax === null ? [text] : partsBy(text, patternOf(syntax));
  for (const part of parts) {
    const foreign = typeof part === "string" ? foreignReference(part) : null;
    if (foreign !== null) {
      return { outcome: "unknown", why: `${foreign} means something of its own there, or nothing` };
    }
  }
  const read = parts.map((part) => {
    if (typeof part === "string") return part;
    return part.fallback === null ? `\${${part.name}}` : `\${${part.name}:-${part.fallback}}`;
  });
  return { outcome: "read", text: read.join("") };
}

/** `${...}` that is left after the variables were found: `${workspaceFolder}`, `${input:token}`. */
function foreignReference(text: string): string | null {
  return /\$\{[^}]*\}/.exec(text)?.[0] ?? null;
}

function patternOf({ open, close, defaultMark, bare }: VariableSyntax): RegExp {
  const name = "([A-Za-z_][A-Za-z0-9_]*)";
  const fallback = defaultMark === null ? "()?" : `(?:${escaped(defaultMark)}([^}]*))?`;
  const short = bare === true ? "|\\$([A-Za-z_][A-Za-z0-9_]*)" : "";
  return new RegExp(`${escaped(open)}${name}${fallback}${escaped(close)}${short}`, "g");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

import { flagSequences, isNeeded } from "./needed-characters.ts";
import { TextLines } from "./text-lines.ts";
import { type TrustCode, type TrustFinding, trustFinding } from "./trust-finding.ts";

/** All that Unicode says is not to be shown, and controls but for tabs, line ends and form feeds. */
const hidden = /[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]|(?![\t\n\r\f])\p{Cc}/gu;
const anyHidden = new RegExp(hidden.source, "u");

type HiddenCode = Extract<TrustCode, `hidden-${"tags" | "direction" | "width" | "control"}`>;

export interface HiddenCharacter {
  readonly code: HiddenCode;
  readonly character: string;
  readonly offset: number;
}

/** The hidden characters that nothing around them needs. A byte order mark at the very beginning is none. */
export function hiddenCharacters(text: string, isProse: boolean): readonly HiddenCharacter[] {
  if (!anyHidden.test(text)) return [];
  const flags = [...text.matchAll(flagSequences)].map(({ index, 0: { length } }) => ({
    index,
    end: index + length,
  }));
  const lines = new TextLines(text);
  const found: HiddenCharacter[] = [];
  for (const { 0: character, index: offset } of text.matchAll(hidden)) {
    if (character === "\ufeff" && offset === 0) continue;
    if (flags.some(({ index, end }) => offset > index && offset < end)) continue;
    const line = lines.textAt(lines.indexOf(offset));
    const around = { ...neighbours(text, offset, character.length), line, isProse };
    if (!isNeeded(character, around)) found.push({ code: codeOf(character), character, offset });
  }
  return found;
}

/** One finding for each kind of hidden characters in a file. */
export function hiddenFindings(path: string, text: string, options: HiddenOptions): readonly TrustFinding[] {
  const all = hiddenCharacters(text, options.isProse);
  if (all.length === 0) return [];
  const lines = new TextLines(text, options.firstLine);
  return [...Map.groupBy(all, ({ code }) => code)].map(([code, found]) => {
    const perLine = new Map(
      found.toReversed().map((one) => [lines.indexOf(one.offset), one.offset] as const),
    );
    const offsets = [...perLine.values()].sort((one, other) => one - other);
    return trustFinding(code, path, {
      message: messageOf(code, found),
      lines: offsets.map((offset) => lines.shownAt(offset)),
      evidence: offsets.map((offset) => lines.textAt(lines.indexOf(offset))),
    });
  });
}

export interface HiddenOptions {
  readonly isProse: boolean;
  /** Line of the file on which the text begins, from 1. */
  readonly firstLine: number;
}

function messageOf(code: HiddenCode, found: readonly HiddenCharacter[]): string {
  const count = found.length === 1 ? "one hidden character" : `${found.length} hidden characters`;
  if (code !== "hidden-tags") return count;
  const spelled = found
    .map(({ character }) => (character.codePointAt(0) ?? 0) - 0xe0000)
    .filter((letter) => letter >= 0x20 && letter < 0x7f)
    .map((letter) => String.fromCharCode(letter))
    .join("");
  return spelled === ""
    ? count
    : `${count}, which a model may read as ${JSON.stringify(spelled.slice(0, 200))}`;
}

function codeOf(character: string): HiddenCode {
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xe0000 && code <= 0xe007f) return "hidden-tags";
  if (/\p{Bidi_Control}/u.test(character)) return "hidden-direction";
  return /\p{Cc}/u.test(character) ? "hidden-control" : "hidden-width";
}

function neighbours(text: string, offset: number, length: number): { previous: string; next: string } {
  const before = text.slice(Math.max(0, offset - 2), offset);
  const after = text.codePointAt(offset + length);
  return { previous: [...before].at(-1) ?? "", next: after === undefined ? "" : String.fromCodePoint(after) };
}

/**
 * Where a character that nobody sees is needed all the same: joiners and selectors of emoji, and the marks of
 * scripts that cannot be written without them. Everything else that is hidden stays a finding, also what a later
 * Unicode version adds.
 *
 * Sources: Unicode Technical Standard 51 (emoji sequences), Unicode Standard Annex 31, section 2.3 (joiners),
 * Unicode Technical Report 36, section 3.
 */

/** What stands around a hidden character: the characters right before and behind it, and its whole line. */
export interface Surroundings {
  readonly previous: string;
  readonly next: string;
  readonly line: string;
  /** Prose, where a language may stand in its own direction; false for code and data. */
  readonly isProse: boolean;
}

/** Letters of scripts that join, or form clusters by joiners. */
const joiningScripts =
  /^[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Mongolian}\p{scx=Nko}\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Gurmukhi}\p{scx=Gujarati}\p{scx=Oriya}\p{scx=Tamil}\p{scx=Telugu}\p{scx=Kannada}\p{scx=Malayalam}\p{scx=Sinhala}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]$/u;
/** Scripts that write no blanks, and mark by a space without width where a word may end. */
const unspacedScripts =
  /^[\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tai_Tham}\p{scx=Tibetan}]$/u;
const rightToLeft = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u;
const letterOrMark = /^[\p{L}\p{M}]$/u;
const pictograph = /^\p{Extended_Pictographic}$/u;
/** What may stand before a joiner in an emoji: a pictograph, its skin, or the selector that made it one. */
const emojiEnd = /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\ufe0f)$/u;
const presentable = /^[\p{Emoji}\p{S}\p{P}]$/u;
const ideographic = /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Sm}\p{sc=Myanmar}\p{sc=Phags_Pa}]$/u;
const opening = /[\u202a\u202b\u2066-\u2068]/gu;
const closing = /[\u202c\u2069]/gu;

/** Whether the hidden character belongs where it stands. Flags of tags are told by `flagSequences`. */
export function isNeeded(character: string, around: Surroundings): boolean {
  const { previous, next } = around;
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x200d) return isEmojiJoiner(around) || isScriptJoiner(around);
  if (code === 0x200c) return isScriptJoiner(around);
  if (code === 0x200b) return unspacedScripts.test(previous) && unspacedScripts.test(next);
  if (code === 0xfe0e || code === 0xfe0f) return presentable.test(previous);
  if (isBetween(code, 0xfe00, 0xfe0d)) return ideographic.test(previous);
  if (isBetween(code, 0xe0100, 0xe01ef)) return /^\p{sc=Han}$/u.test(previous);
  if (isBetween(code, 0x180b, 0x180f)) return /\p{sc=Mongolian}/u.test(previous + next);
  if (isBetween(code, 0x17b4, 0x17b5)) return /^\p{sc=Khmer}$/u.test(previous);
  if (code === 0x115f || code === 0x1160) return /[\u1100-\u11ff]/u.test(previous + next);
  if (code === 0x034f) return /^\p{M}$/u.test(previous);
  if (code === 0x200e || code === 0x200f || code === 0x061c) return rightToLeft.test(around.line);
  if (isBetween(code, 0x202a, 0x202c) || isBetween(code, 0x2066, 0x2069)) {
    return around.isProse && rightToLeft.test(around.line) && isBalanced(around.line);
  }
  return false;
}

function isEmojiJoiner({ previous, next }: Surroundings): boolean {
  return emojiEnd.test(previous) && pictograph.test(next);
}

function isScriptJoiner({ previous, next }: Surroundings): boolean {
  return joiningScripts.test(previous) && letterOrMark.test(previous) && !/^\p{DI}$/u.test(next);
}

function isBalanced(line: string): boolean {
  return (line.match(opening) ?? []).length === (line.match(closing) ?? []).length;
}

function isBetween(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}

/** The flags of England, Scotland, Wales and other parts of countries: a black flag, letters as tags, an end. */
export const flagSequences = /\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}/gu;

import { type LiteralAutomaton, literalAutomaton } from "./literal-automaton.ts";
import { secretAnchors } from "./secret-anchors.ts";

const words = secretAnchors.flatMap((anchor) => anchor.words);
const anchorOfWord = secretAnchors.flatMap((anchor) => anchor.words.map(() => anchor));
/** Made at the first look: most commands never have one. */
let automaton: LiteralAutomaton | null = null;

/**
 * Whether the secret scanner could find anything in this file. `false` is certain, `true` is not.
 *
 * Bytes are scanned without being decoded, unless a word of an anchor stands among them.
 */
export function mayHoldSecret(path: string, content: string | Uint8Array, decode: () => string): boolean {
  const found = new Uint8Array(words.length);
  automaton ??= literalAutomaton(words);
  if (!automaton.scan(content, found)) return false;
  const anchors = new Set(anchorOfWord.filter((_, word) => found[word] === 1));
  const lowerPath = path.toLowerCase();
  const text = decode();
  for (const { extension, near } of anchors) {
    if (extension !== undefined && !lowerPath.endsWith(extension)) continue;
    if (near.test(text)) return true;
  }
  return false;
}

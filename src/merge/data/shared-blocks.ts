/**
 * What all versions of a long YAML text have alike is taken out before they are read: reading is nearly all that a
 * merge costs. Each top key that is taken out leaves a short entry in its place, for which it is put back.
 */

/** Below this many characters reading costs nothing that anybody would notice. */
const lengthMin = 16 * 1024;

export interface SharedBlocks {
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  /** The text with the blocks again; null where one has not kept its place. */
  readonly restored: (text: string) => string | null;
}

/** Null where a version is short, or holds what could reach from one top key into another. */
export function withoutSharedBlocks(base: string, yours: string, theirs: string): SharedBlocks | null {
  const texts = [base, yours, theirs];
  if (texts.some((text) => text.length < lengthMin || hasReach(text))) return null;
  const [inBase, inYours, inTheirs] = texts.map(blocksOf);
  if (!inBase || !inYours || !inTheirs) return null;
  const shared = new Map<string, string>();
  // The first block with levels stays: it shows how wide they are.
  let levelsShown = false;
  for (const [key, block] of inTheirs) {
    const isFirst = !levelsShown && /^ /m.test(block);
    if (isFirst) levelsShown = true;
    else if (isPlain(block) && inBase.get(key) === block && inYours.get(key) === block)
      shared.set(key, block);
  }
  if (shared.size === 0) return null;
  const [shortBase = "", shortYours = "", shortTheirs = ""] = texts.map((text) =>
    text.replace(blockPattern, (block) => (shared.has(keyOf(block)) ? placeOf(keyOf(block)) : block)),
  );
  const restored = (text: string): string | null => {
    const found = text.match(blockPattern)?.filter((block) => shared.has(keyOf(block))) ?? [];
    if (found.length !== shared.size || found.some((block) => block !== placeOf(keyOf(block)))) return null;
    return text.replace(blockPattern, (block) => shared.get(keyOf(block)) ?? block);
  };
  return { base: shortBase, yours: shortYours, theirs: shortTheirs, restored };
}

/** A top key with everything up to the next one. */
const blockPattern = /^[A-Za-z_][\w-]*:(?=\s)(?:.*\n(?![A-Za-z_][\w-]*:\s))*.*\n?/gm;

function keyOf(block: string): string {
  return block.slice(0, block.indexOf(":"));
}

function placeOf(key: string): string {
  return `${key}: ~\n`;
}

/** Null where a key comes twice. */
function blocksOf(text: string): ReadonlyMap<string, string> | null {
  const blocks = text.match(blockPattern) ?? [];
  const byKey = new Map(blocks.map((block) => [keyOf(block), block]));
  return byKey.size === blocks.length ? byKey : null;
}

/** Anchors, aliases, and marks of documents. */
function hasReach(text: string): boolean {
  return /[&*]|^(?:---|\.\.\.|%)/m.test(text);
}

/** Whole lines, without anything that could go on behind them or in the next block. */
function isPlain(block: string): boolean {
  return block.endsWith("\n") && !/["'{}[\]|>?!`@]|\r/.test(block);
}

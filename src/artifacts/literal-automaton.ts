/**
 * Finds which of many ASCII words stand in a text, in one pass whose time does not depend on how many words
 * there are (Aho and Corasick, 1975, with all transitions worked out beforehand).
 *
 * Case is folded for ASCII letters only. Text is read as it is, in UTF-16 units or UTF-8 bytes: neither has an
 * ASCII value inside a longer character.
 */
const alphabetSize = 128;

export interface LiteralAutomaton {
  /** Sets `found[n]` to 1 for each word n that stands in the text; returns whether there was any. */
  readonly scan: (text: string | Uint8Array, found: Uint8Array) => boolean;
}

interface TrieNode {
  readonly next: Map<number, number>;
  readonly words: number[];
}

/** Builds the automaton for words of ASCII characters; throws a RangeError on any other. */
export function literalAutomaton(words: readonly string[]): LiteralAutomaton {
  const trie = trieOf(words);
  const { next, outputs } = transitions(trie);
  const hasOutput = Uint8Array.from(outputs, (output) => (output.length > 0 ? 1 : 0));
  return { scan: (text, found) => scan(text, { next, outputs, hasOutput }, found) };
}

interface Table {
  /** The state after `state` on `unit`, at `state * alphabetSize + unit`; 0 is the start. */
  readonly next: Uint16Array;
  readonly outputs: readonly (readonly number[])[];
  readonly hasOutput: Uint8Array;
}

function scan(text: string | Uint8Array, table: Table, found: Uint8Array): boolean {
  return typeof text === "string" ? scanText(text, table, found) : scanBytes(text, table, found);
}

// The two loops differ only in how a unit is read: one that took either would be twice as slow.
function scanText(text: string, { next, outputs, hasOutput }: Table, found: Uint8Array): boolean {
  let state = 0;
  let any = false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    state = unit < alphabetSize ? (next[state * alphabetSize + unit] ?? 0) : 0;
    if (hasOutput[state] === 1) any = mark(outputs[state], found);
  }
  return any;
}

function scanBytes(bytes: Uint8Array, { next, outputs, hasOutput }: Table, found: Uint8Array): boolean {
  let state = 0;
  let any = false;
  for (let index = 0; index < bytes.length; index++) {
    const unit = bytes[index] ?? 0;
    state = unit < alphabetSize ? (next[state * alphabetSize + unit] ?? 0) : 0;
    if (hasOutput[state] === 1) any = mark(outputs[state], found);
  }
  return any;
}

function mark(output: readonly number[] | undefined, found: Uint8Array): true {
  for (const word of output ?? []) found[word] = 1;
  return true;
}

function trieOf(words: readonly string[]): readonly TrieNode[] {
  const nodes: TrieNode[] = [{ next: new Map(), words: [] }];
  for (const [index, word] of words.entries()) {
    let node = 0;
    for (const unit of unitsOf(word)) {
      let child = nodes[node]?.next.get(unit);
      if (child === undefined) {
        child = nodes.push({ next: new Map(), words: [] }) - 1;
        nodes[node]?.next.set(unit, child);
      }
      node = child;
    }
    nodes[node]?.words.push(index);
  }
  return nodes;
}

function unitsOf(word: string): readonly number[] {
  const units = Array.from({ length: word.length }, (_, index) => foldedUnit(word.charCodeAt(index)));
  if (units.length === 0 || units.some((unit) => unit >= alphabetSize)) {
    throw new RangeError(`not a word of ASCII characters: ${JSON.stringify(word)}`);
  }
  return units;
}

function foldedUnit(unit: number): number {
  return unit >= 0x41 && unit <= 0x5a ? unit + 0x20 : unit;
}

/** The letter that is read as this one, or the unit itself. */
function capitalOf(folded: number): number {
  return folded >= 0x61 && folded <= 0x7a ? folded - 0x20 : folded;
}

/** Breadth first, so that the state to fall back to is complete before it is copied from. */
function transitions(trie: readonly TrieNode[]): Pick<Table, "next" | "outputs"> {
  if (trie.length > 0xffff) throw new RangeError("too many words for 16-bit states");
  const next = new Uint16Array(trie.length * alphabetSize);
  const outputs = trie.map((node) => [...node.words]);
  const fallback = new Uint16Array(trie.length);
  const queue = [0];
  for (const state of queue) {
    const node = trie[state];
    const back = fallback[state] ?? 0;
    if (node === undefined) continue;
    const row = state * alphabetSize;
    if (state !== 0) {
      outputs[state]?.push(...(outputs[back] ?? []));
      next.copyWithin(row, back * alphabetSize, (back + 1) * alphabetSize);
    }
    for (const [unit, child] of node.next) {
      fallback[child] = next[row + unit] ?? 0;
      next[row + unit] = child;
      next[row + capitalOf(unit)] = child;
      queue.push(child);
    }
  }
  return { next, outputs };
}

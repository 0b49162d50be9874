/**
 * Edits a text by splices and proves the outcome before anyone sees it.
 *
 * Invariants of a text that is returned:
 *  - parsing it gives exactly the value that the edits describe;
 *  - each scalar outside the edited paths has the same source text as before (so `1.0` does not become `1`);
 *  - edits that change nothing return the identical text.
 * Where one of them would not hold, a problem is returned instead.
 */

import type { EditResult, FormatDocument, FormatProblem, KeyEdit, ParseResult } from "./format-value.ts";
import { isRecord, refused, sameValue } from "./format-value.ts";
import { isWithin, primitiveEdits, valueAfter } from "./key-edit.ts";
import { applySplices, type Splice } from "./splice.ts";

export interface SourceLeaf {
  readonly path: readonly (string | number)[];
  readonly source: string;
}

/** What a format brings along; the rest of editing is the same for all. */
export interface Grammar {
  parse(text: string): ParseResult;
  /** The splices for one primitive edit of a text that parses; a string is the reason why there are none. */
  splices(text: string, edit: KeyEdit): readonly Splice[] | string;
  /** The source text of each scalar of a text that parses. */
  leaves(text: string): readonly SourceLeaf[];
  /** True when a map that became empty may be gone from the text (a TOML table without a header of its own). */
  readonly emptyMapsVanish: boolean;
}

export function formatDocument(grammar: Grammar): FormatDocument {
  return {
    parse: (text) => grammar.parse(text),
    edit(text, edits) {
      try {
        return editText(grammar, text, edits);
      } catch (error) {
        return refused(`the edit failed: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

function editText(grammar: Grammar, text: string, edits: readonly KeyEdit[]): EditResult {
  const parsed = grammar.parse(text);
  if (parsed.problem !== null) return { ok: false, problem: parsed.problem };
  let state: State = { text, value: parsed.value };
  for (const edit of edits) {
    const steps = primitiveEdits(state.value, edit);
    if (typeof steps === "string") return refused(steps);
    for (const step of steps) {
      const next = afterStep(grammar, state, step);
      if ("message" in next) return { ok: false, problem: next };
      state = next;
    }
  }
  if (state.text !== text && !keptElsewhere(grammar, text, state.text, edits)) {
    return refused("the edit would have changed more than it names");
  }
  return { ok: true, text: state.text };
}

interface State {
  readonly text: string;
  readonly value: unknown;
}

function afterStep(grammar: Grammar, state: State, step: KeyEdit): State | FormatProblem {
  const where = `"${step.path.join(".")}"`;
  const splices = grammar.splices(state.text, step);
  if (typeof splices === "string") return refused(`${where} cannot be edited: ${splices}`).problem;
  const text = applySplices(state.text, splices);
  const { value, problem } = grammar.parse(text);
  if (problem !== null)
    return { ...problem, message: `editing ${where} would break the file: ${problem.message}` };
  const expected = valueAfter(state.value, step);
  const asExpected =
    sameValue(value, expected) ||
    (value === null && sameValue({}, expected)) ||
    (grammar.emptyMapsVanish &&
      step.value === undefined &&
      sameValue(value, withoutEmptied(expected, step.path)));
  if (!asExpected) return refused(`editing ${where} would give another value than the one asked for`).problem;
  return { text, value };
}

/** Drops the containers on the way to `path` that hold nothing any more. */
function withoutEmptied(value: unknown, path: KeyEdit["path"]): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined || rest.length === 0 || !isRecord(value) || typeof segment !== "string")
    return value;
  const child = withoutEmptied(value[segment], rest);
  const emptied = isRecord(child)
    ? Object.keys(child).length === 0
    : Array.isArray(child) && child.length === 0;
  return valueAfterRaw(value, segment, emptied ? undefined : child);
}

function valueAfterRaw(record: Readonly<Record<string, unknown>>, key: string, child: unknown): unknown {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries(child === undefined ? others : [...others, [key, child]]);
}

function keptElsewhere(grammar: Grammar, before: string, after: string, edits: readonly KeyEdit[]): boolean {
  const named = edits.map(namedPath);
  const foreign = (text: string) =>
    new Map(
      grammar
        .leaves(text)
        .filter((leaf) => !named.some((path) => isWithin(leaf.path, path) || isWithin(path, leaf.path)))
        .map((leaf) => [JSON.stringify(leaf.path), leaf.source]),
    );
  const old = foreign(before);
  const now = foreign(after);
  return old.size === now.size && [...old].every(([path, source]) => now.get(path) === source);
}

/** Removing a list item moves those behind it, so the edit then names the list. */
function namedPath(edit: KeyEdit): KeyEdit["path"] {
  const movesItems = edit.value === undefined && typeof edit.path.at(-1) === "number";
  return movesItems ? edit.path.slice(0, -1) : edit.path;
}

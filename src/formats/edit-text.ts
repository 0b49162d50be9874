/**
 * Edits a text by splices and proves the outcome before anyone sees it.
 *
 * Invariants of a text that is returned:
 *  - parsing it gives exactly the value that the edits describe;
 *  - each scalar outside the edited paths has the same source text as before (so `1.0` does not become `1`);
 *  - edits that change nothing return the identical text.
 * Where one of them would not hold, a problem is returned instead.
 */

import { type CommentStyle, type LayoutEntry, layoutOf } from "./document-layout.ts";
import { editRounds, editSteps } from "./edit-rounds.ts";
import type { FormatDocument, FormatProblem, KeyEdit, OpenDocument, ParseResult } from "./format-value.ts";
import { isRecord, refused, sameValue } from "./format-value.ts";
import { isWithin, valueAfter } from "./key-edit.ts";
import { applySplices, type Splice } from "./splice.ts";

/** A text that was read once. What it offers beside the outcome holds for a text that parses. */
export interface OpenedText extends ParseResult {
  /** The splices for one primitive edit; a string is the reason why there are none. */
  splices(edit: KeyEdit): readonly Splice[] | string;
  entries(): readonly LayoutEntry[];
}

/** What a format brings along; the rest of editing is the same for all. */
export interface Grammar {
  open(text: string): OpenedText;
  readonly comments: CommentStyle;
  /** True when a map that became empty may be gone from the text (a TOML table without a header of its own). */
  readonly emptyMapsVanish: boolean;
}

export function formatDocument(grammar: Grammar): FormatDocument {
  return {
    parse(text) {
      const { value, problem } = grammar.open(text);
      return { value, problem };
    },
    open(text) {
      const opened = grammar.open(text);
      return opened.problem === null ? openDocument(grammar, { text, opened }) : null;
    },
    edit(text, edits) {
      const opened = grammar.open(text);
      if (opened.problem !== null) return { ok: false, problem: opened.problem };
      const result = afterEdits(grammar, { text, opened }, edits);
      return "message" in result ? { ok: false, problem: result } : { ok: true, text: result.text };
    },
  };
}

function openDocument(grammar: Grammar, { text, opened }: State): OpenDocument {
  return {
    text,
    value: opened.value,
    hasDuplicateKeys() {
      const paths = opened.entries().map(({ path }) => JSON.stringify(path));
      return new Set(paths).size < paths.length;
    },
    layout: () => layoutOf(text, opened.entries(), grammar.comments),
    edit(edits) {
      const result = afterEdits(grammar, { text, opened }, edits);
      return "message" in result ? null : openDocument(grammar, result);
    },
  };
}

function afterEdits(grammar: Grammar, before: State, edits: readonly KeyEdit[]): State | FormatProblem {
  try {
    const steps = editSteps(before.opened.value, edits);
    if (typeof steps === "string") return refused(steps).problem;
    let state = before;
    for (const round of editRounds(steps)) {
      const next = afterRound(grammar, state, round);
      if ("message" in next) return next;
      state = next;
    }
    if (state.text === before.text || keptElsewhere(before.text, before.opened, state, edits)) return state;
    return refused("the edit would have changed more than it names").problem;
  } catch (error) {
    return refused(`the edit failed: ${error instanceof Error ? error.message : String(error)}`).problem;
  }
}

interface State {
  readonly text: string;
  readonly opened: OpenedText;
}

/** All steps of a round at once; one after the other where their splices get in each other's way. */
function afterRound(grammar: Grammar, state: State, round: readonly KeyEdit[]): State | FormatProblem {
  const together = afterSteps(grammar, state, round);
  if (!("message" in together) || round.length === 1) return together;
  let current = state;
  for (const step of round) {
    const next = afterSteps(grammar, current, [step]);
    if ("message" in next) return next;
    current = next;
  }
  return current;
}

function afterSteps(grammar: Grammar, state: State, steps: readonly KeyEdit[]): State | FormatProblem {
  const where = `"${steps.map(({ path }) => path.join(".")).join(", ")}"`;
  const splices: Splice[] = [];
  for (const step of steps) {
    const found = state.opened.splices(step);
    if (typeof found === "string") return refused(`${where} cannot be edited: ${found}`).problem;
    splices.push(...found);
  }
  const text = applied(state.text, splices);
  if (text === null) return refused(`editing ${where} would change one spot twice`).problem;
  const opened = grammar.open(text);
  if (opened.problem !== null) {
    const { problem } = opened;
    return { ...problem, message: `editing ${where} would break the file: ${problem.message}` };
  }
  if (!isOutcome(grammar, state.opened.value, steps, opened.value)) {
    return refused(`editing ${where} would give another value than the one asked for`).problem;
  }
  return { text, opened };
}

function applied(text: string, splices: readonly Splice[]): string | null {
  try {
    return applySplices(text, splices);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function isOutcome(grammar: Grammar, before: unknown, steps: readonly KeyEdit[], after: unknown): boolean {
  const expected = steps.reduce(valueAfter, before);
  if (sameValue(after, expected) || (after === null && sameValue({}, expected))) return true;
  if (!grammar.emptyMapsVanish) return false;
  const removed = steps.filter(({ value }) => value === undefined);
  return sameValue(
    after,
    removed.reduce((value, { path }) => withoutEmptied(value, path), expected),
  );
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

function keptElsewhere(before: string, opened: OpenedText, after: State, edits: readonly KeyEdit[]): boolean {
  const named = edits.map(namedPath);
  const foreign = (text: string, entries: readonly LayoutEntry[]) =>
    new Map(
      entries.flatMap(({ path, scalar }) => {
        if (scalar === null || named.some((name) => isWithin(path, name) || isWithin(name, path))) return [];
        return [[JSON.stringify(path), text.slice(scalar.start, scalar.end)]];
      }),
    );
  const old = foreign(before, opened.entries());
  const now = foreign(after.text, after.opened.entries());
  return old.size === now.size && [...old].every(([path, source]) => now.get(path) === source);
}

/** Removing a list item moves those behind it, so the edit then names the list. */
function namedPath(edit: KeyEdit): KeyEdit["path"] {
  const movesItems = edit.value === undefined && typeof edit.path.at(-1) === "number";
  return movesItems ? edit.path.slice(0, -1) : edit.path;
}

/**
 * The drift state of one artifact at one target, from three versions of each of its files: what stet would
 * write now (W), what is present (P), what stet wrote last or found to agree (L).
 *
 * One file, letters standing for meanings and `-` for absent; the sides that moved:
 *
 * | W P L | moved  | because                                                                  |
 * |-------|--------|--------------------------------------------------------------------------|
 * | - - - | none   | there is nothing                                                         |
 * | - - a | none   | gone on both sides; the record goes                                      |
 * | - a - | target | only there (the whole artifact: `extra`)                                 |
 * | a - - | store  | only here                                                                |
 * | a a - | none   | they agree, whoever wrote it (first import)                              |
 * | a b - | both   | they differ and nothing says which one moved: a guess would lose an edit |
 * | - a a | store  | removed here, untouched there                                            |
 * | - a b | both   | removed here, edited there                                               |
 * | a - a | target | removed there, untouched here                                            |
 * | a - b | both   | removed there, edited here                                               |
 * | a a a | none   |                                                                          |
 * | a a b | none   | both moved to the same                                                   |
 * | a b b | store  | edited here                                                              |
 * | a b a | target | edited there                                                             |
 * | a b c | both   | edited on both sides                                                     |
 *
 * Of an artifact: nothing here and no record, `extra`; nothing here and only the store moved, `behind` (the
 * copy goes); nothing there, `missing`; else `diverged` where some file moved on both sides or files moved on
 * either, `behind` or `ahead` where one side moved, `in-sync` where none did.
 */
import { because, type Drift, type Reason } from "./drift-state.ts";

/** One version of a file: its meaning, and its very bytes with the mode that counts. */
export interface FileVersion {
  readonly meaning: string;
  readonly exact: string;
}

export interface DriftFile {
  readonly path: string;
  readonly wouldWrite: FileVersion | null;
  readonly present: FileVersion | null;
  readonly lastWritten: FileVersion | null;
}

export type FileMove = "none" | "formatting" | "store" | "target" | "both";

/** Which side of a file moved, by the table above. */
export function fileMove({ wouldWrite, present, lastWritten }: DriftFile): FileMove {
  if (sameMeaning(wouldWrite, present)) {
    return wouldWrite?.exact === present?.exact ? "none" : "formatting";
  }
  const storeMoved = !sameMeaning(wouldWrite, lastWritten);
  // What is to go has to be as it was written to the byte: only that may be removed (BUGS F6).
  const targetMoved =
    wouldWrite === null ? present?.exact !== lastWritten?.exact : !sameMeaning(present, lastWritten);
  if (storeMoved && targetMoved) return "both";
  return storeMoved ? "store" : "target";
}

function sameMeaning(one: FileVersion | null, other: FileVersion | null): boolean {
  return one?.meaning === other?.meaning;
}

/** The drift state of an artifact by all its files: those here, those there and those on record. */
export function driftState(files: readonly DriftFile[]): Drift {
  const moves = movesOf(files);
  const recorded = files.some((file) => file.lastWritten !== null);
  const here = files.some((file) => file.wouldWrite !== null);
  const there = files.some((file) => file.present !== null);
  if (!here && there) return withoutCanonical(moves, recorded);
  if (here && !there) return withoutTarget(moves, recorded);
  if (!here) return { state: "in-sync", side: null, reason: because("gone on both sides") };
  const { both, store, target, formatting } = moves;
  if (both.length > 0) {
    const why = recorded
      ? `changed in the store and at the target: ${listed(both)}`
      : `differs, and stet has not written it before, so which side is newer is not known: ${listed(both)}`;
    return { state: "diverged", side: "both", reason: because(why) };
  }
  if (store.length > 0 && target.length > 0) {
    const reason = because(`changed in the store: ${listed(store)}; at the target: ${listed(target)}`);
    return { state: "diverged", side: "both", reason };
  }
  if (store.length > 0) {
    return { state: "behind", side: "store", reason: because(`changed in the store: ${listed(store)}`) };
  }
  if (target.length > 0) {
    return { state: "ahead", side: "target", reason: because(`changed at the target: ${listed(target)}`) };
  }
  return { state: "in-sync", side: null, reason: agreement(formatting) };
}

function withoutCanonical({ target, both }: Moves, recorded: boolean): Drift {
  if (!recorded) {
    const reason = because("not in the store, and stet did not write it");
    return { state: "extra", side: "target", reason };
  }
  const edited = [...both, ...target];
  if (edited.length > 0) {
    const reason = because(`removed in the store, edited at the target: ${listed(edited)}`);
    return { state: "diverged", side: "both", reason };
  }
  const reason = because("removed in the store; the target's copy is as stet left it");
  return { state: "behind", side: "store", reason };
}

function withoutTarget({ store, both }: Moves, recorded: boolean): Drift {
  if (!recorded) return { state: "missing", side: "store", reason: because("not written there yet") };
  if (both.length > 0 || store.length > 0) {
    const reason = because(`removed at the target, changed in the store: ${listed([...both, ...store])}`);
    return { state: "missing", side: "both", reason };
  }
  return { state: "missing", side: "target", reason: because("removed at the target since stet wrote it") };
}

function agreement(formatting: readonly string[]): Reason {
  return because(
    formatting.length === 0 ? "both are the same" : `the same (formatting): ${listed(formatting)}`,
  );
}

type Moves = Readonly<Record<FileMove, readonly string[]>>;

function movesOf(files: readonly DriftFile[]): Moves {
  const moves: Record<FileMove, string[]> = { none: [], formatting: [], store: [], target: [], both: [] };
  for (const file of files) moves[fileMove(file)].push(file.path);
  return moves;
}

const listedMax = 3;

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, listedMax).join(", ");
  return paths.length > listedMax ? `${shown} and ${paths.length - listedMax} more` : shown;
}

import type { UnitChoice } from "../../domain/conflicts.ts";
import type { FormatDocument, OpenDocument } from "../../formats/format-value.ts";
import type { MergeLedger } from "../merge-ledger.ts";
import { type PlacedComment, placedComments } from "./comment-places.ts";
import { hasPlaceFor, putComment, readCommented } from "./put-comments.ts";
import type { Sides } from "./sides.ts";
import type { ValueMerger } from "./value-merger.ts";

type Comments = ReadonlyMap<string, PlacedComment>;
export type CommentSides = Sides<Comments> & { readonly base: Comments };

export function commentsOf(opened: OpenDocument): Comments {
  return placedComments(opened.text, opened.layout(), opened.value);
}

/** Whether `side` has another comment than the base at the path or below it. */
export function hasChangedComments(base: Comments, side: Comments, path: readonly string[]): boolean {
  const isBelow = (comment: PlacedComment) => path.every((segment, index) => comment.path[index] === segment);
  return [...new Set([...base.keys(), ...side.keys()])].some((key) => {
    const comment = side.get(key) ?? base.get(key);
    return comment !== undefined && isBelow(comment) && base.get(key)?.text !== side.get(key)?.text;
  });
}

/**
 * Brings the comments that yours changed into a text that has theirs, and back what an edit took from theirs. What
 * has no place there, or was changed by both, is asked; nothing that anybody wrote goes silently.
 */
export function mergeComments(
  { ledger, asked }: ValueMerger,
  document: FormatDocument,
  text: string,
  sides: CommentSides,
  wherePrefix: string,
): string {
  const isAllThere = [...sides.theirs.values()].every((comment) => standsIn(text, comment.text));
  if (isAllThere && !hasChangedComments(sides.base, sides.yours, [])) return text;
  let current = readCommented(document, text);
  if (current === null) return text;
  for (const key of new Set([...sides.theirs.keys(), ...sides.yours.keys(), ...sides.base.keys()])) {
    const spot = commentSpot(key, sides);
    const { place } = spot;
    const where = `comment of ${wherePrefix}${place.path.join(".") || "the document"}`;
    const isAskedWhole = isAsked(asked, spot);
    const wanted = isAskedWhole && spot.theirs === null ? spot.yours : wantedText(spot, ledger, where);
    if ((current.comments.get(key)?.text ?? null) === wanted) continue;
    const next = putComment(document, current, { key, place, text: wanted });
    if (next !== null) current = next;
    else if (wanted !== null && !isAskedWhole && !standsIn(current.text, wanted)) {
      const isGone = spot.yours === spot.base && !hasPlaceFor(current, place);
      if (!isGone) ask(ledger, where, spot);
    }
  }
  return current.text;
}

function standsIn(text: string, comment: string): boolean {
  return comment.split("\n").every((line) => text.includes(line));
}

interface CommentSpot {
  readonly place: PlacedComment;
  readonly base: string | null;
  readonly yours: string | null;
  readonly theirs: string | null;
}

function commentSpot(key: string, { base, yours, theirs }: CommentSides): CommentSpot {
  const place = theirs.get(key) ?? yours.get(key) ?? base.get(key);
  if (place === undefined) throw new RangeError("no version has this comment");
  const textIn = (side: Comments) => side.get(key)?.text ?? null;
  return { place, base: textIn(base), yours: textIn(yours), theirs: textIn(theirs) };
}

function wantedText(spot: CommentSpot, ledger: MergeLedger, where: string): string | null {
  const { place, base, yours, theirs } = spot;
  if (yours === base || yours === theirs) return theirs;
  if (theirs === base) return yours;
  const isLines = place.side === "above" || place.side === "below";
  const both = isLines && yours !== null && theirs !== null ? `${theirs}\n${yours}` : null;
  if (base === null && both !== null) {
    ledger.decide({ rule: "R6", where, mark: "order" });
    return both;
  }
  const choice = ask(ledger, where, spot, (one) => one === "yours" || (one === "both" && both !== null));
  return choice === "yours" ? yours : choice === "both" ? both : theirs;
}

function ask(
  ledger: MergeLedger,
  where: string,
  { place, base, yours, theirs }: CommentSpot,
  fits: (choice: UnitChoice) => boolean = () => false,
): UnitChoice | null {
  const unit = { rule: "X1" as const, where, base, yours, theirs };
  return ledger.ask(unit, place.path, (choice) => choice === "theirs" || fits(choice));
}

/** What it is about was asked as a whole: its comment goes where it goes. */
function isAsked(asked: readonly (readonly string[])[], { place }: CommentSpot): boolean {
  return asked.some((path) => path.every((segment, index) => place.path[index] === segment));
}

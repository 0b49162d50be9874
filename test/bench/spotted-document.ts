/**
 * A document with spots that two writers may change, so that the right outcome of a merge is known byte for byte
 * without merging. A spot is written «base|yours|theirs», where both changing it must stop; «+|yours|theirs», where
 * both add something of their own; or «=base|yours|theirs|merged», where the outcome is given.
 */
import type { DataFormat } from "../../src/merge/data/value-text.ts";

export interface SpottedDocument {
  readonly name: string;
  readonly format: DataFormat;
  /** Plain text and spots, in turn. */
  readonly parts: readonly (string | Spot)[];
}

export interface Spot {
  readonly kind: "ask" | "add" | "given";
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  /** What both together come to; null where that is asked. */
  readonly merged: string | null;
}

/** Who changed a spot: each with a text of its own, or both with yours. */
export type Writer = "nobody" | "yours" | "theirs" | "both" | "both alike";

export function spottedDocument(name: string, format: DataFormat, template: string): SpottedDocument {
  const parts = template.split(/«([^»]*)»/).map((part, index) => (index % 2 === 0 ? part : readSpot(part)));
  return { name, format, parts };
}

function readSpot(text: string): Spot {
  const sign = text[0];
  const [base = "", yours = "", theirs = "", merged = null] = text.replace(/^[+=]/, "").split("|");
  if (sign === "=") return { kind: "given", base, yours, theirs, merged };
  if (sign === "+") return { kind: "add", base, yours, theirs, merged: theirs + yours };
  return { kind: "ask", base, yours, theirs, merged: null };
}

export function spotsOf(document: SpottedDocument): readonly Spot[] {
  return document.parts.filter((part) => typeof part !== "string");
}

/** The document with a text in each spot. */
function filledIn(document: SpottedDocument, textOf: (spot: Spot) => string): string {
  return document.parts.map((part) => (typeof part === "string" ? part : textOf(part))).join("");
}

export interface KnownMerge {
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  /** With theirs, and with yours, in the spots that have to be asked. */
  readonly merged: string;
  readonly settledAsYours: string;
  readonly asked: number;
}

/** The three versions that the writers make, and what they come to. */
export function knownMerge(document: SpottedDocument, writers: ReadonlyMap<Spot, Writer>): KnownMerge {
  const writerOf = (spot: Spot) => writers.get(spot) ?? "nobody";
  const bySide = (spot: Spot, side: "yours" | "theirs") => {
    const writer = writerOf(spot);
    if (writer === "both alike") return spot.yours;
    return writer === side || writer === "both" ? spot[side] : spot.base;
  };
  const merged = (spot: Spot, asked: string) => {
    const writer = writerOf(spot);
    if (writer === "both") return spot.merged ?? asked;
    return writer === "theirs" ? spot.theirs : bySide(spot, "yours");
  };
  const asked = spotsOf(document).filter((spot) => writerOf(spot) === "both" && spot.merged === null);
  return {
    base: filledIn(document, (spot) => spot.base),
    yours: filledIn(document, (spot) => bySide(spot, "yours")),
    theirs: filledIn(document, (spot) => bySide(spot, "theirs")),
    merged: filledIn(document, (spot) => merged(spot, spot.theirs)),
    settledAsYours: filledIn(document, (spot) => merged(spot, spot.yours)),
    asked: asked.length,
  };
}

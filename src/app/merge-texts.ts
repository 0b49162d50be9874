import { basename, relative, resolve } from "node:path";
import { regularMode } from "../domain/files.ts";
import { type CollectionPath, parsePath } from "../domain/paths.ts";
import { decodeText } from "../formats/text-shape.ts";
import type { FileBytes } from "../merge/merge-port.ts";
import type { MergeDecision, MergeUnit, TextFormat } from "../merge/merge-types.ts";
import { markedText } from "./conflicts/marked-text.ts";
import type { Environment } from "./environment.ts";
import { fileMerge, type MergeRules } from "./record/file-merge.ts";
import { locateCollection } from "./workbench/locate.ts";

export interface MergeTextsInput {
  /** Path of the file below the working folder or absolute: it tells its kind. */
  readonly path: string;
  /** What it is read as; by default what its path says. */
  readonly format?: TextFormat;
  readonly base: Uint8Array;
  readonly yours: Uint8Array;
  readonly theirs: Uint8Array;
  readonly labels?: { readonly yours: string; readonly theirs: string };
  /** Characters of a conflict marker. */
  readonly markerLength?: number;
}

export interface MergedTexts {
  readonly outcome: "merged" | "conflict";
  /** The merge; where units are open, with both sides between markers. Yours where it is no text. */
  readonly bytes: Uint8Array;
  readonly decisions: readonly MergeDecision[];
  /** The spots that are open; none where the whole file is one. */
  readonly units: readonly Omit<MergeUnit, "key">[];
}

/**
 * Merges three versions of a file that stet need not know, as it merges its own: for git and for scripts. Inside a
 * collection its policies hold. Reads the collection's file and nothing else, and writes nothing.
 */
export async function mergeTexts(environment: Environment, input: MergeTextsInput): Promise<MergedTexts> {
  const { rules, path } = await placeOf(environment, input.path);
  const [base, yours, theirs] = [input.base, input.yours, input.theirs].map(asFile);
  const format = input.format === undefined ? {} : { format: input.format };
  const sides = { path, base: base ?? null, yours: yours ?? null, theirs: theirs ?? null };
  const merged = await fileMerge(rules, format)(sides);
  if (merged.status === "merged") {
    const { file, decisions } = merged;
    return { outcome: "merged", bytes: file?.bytes ?? new Uint8Array(), decisions, units: [] };
  }
  const units = merged.units.map(({ key: _key, ...unit }) => unit);
  const taking = async (side: "yours" | "theirs") => {
    const choices = new Map(merged.units.map(({ key }) => [key, side]));
    const settled = merged.units.length === 0 ? null : await fileMerge(rules, { ...format, choices })(sides);
    return decodeText(settled?.status === "merged" ? (settled.file?.bytes ?? input[side]) : input[side]);
  };
  const [mine, other] = [await taking("yours"), await taking("theirs")];
  const { labels = { yours: "yours", theirs: "theirs" }, markerLength = 7 } = input;
  const text = mine === null || other === null ? null : markedText(mine, other, labels, markerLength);
  const bytes = text === null ? input.yours : new TextEncoder().encode(text);
  return { outcome: "conflict", bytes, decisions: merged.decisions, units };
}

function asFile(bytes: Uint8Array): FileBytes {
  return { bytes, mode: regularMode };
}

const noRules: MergeRules = { allow: [] };

/** Which collection's rules hold for a file, and where it lies there; outside of any, its own name stands for it. */
async function placeOf(
  environment: Environment,
  file: string,
): Promise<{ readonly rules: MergeRules; readonly path: CollectionPath }> {
  const located = await locateCollection(environment, "project");
  const whole = resolve(environment.workingFolder, file);
  const own = parsePath(basename(whole)) ?? parsePath("file");
  if (own === undefined) throw new RangeError("a path that is none");
  if (located === null) return { rules: noRules, path: own };
  const below = parsePath(relative(located.root, whole));
  const inProject = parsePath(`@project/${relative(located.base, whole)}`);
  return { rules: located.file, path: below ?? inProject ?? own };
}

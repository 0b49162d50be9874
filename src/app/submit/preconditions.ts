import { StetError } from "../../domain/errors.ts";
import { parseHashId, type SnapshotId } from "../../domain/ids.ts";
import type { Submission } from "./submission.ts";

/** What a submission says of the version that it replaces: at least one of the three. */
export interface Preconditions {
  /** The version whose text is compared; `base` before `If-Match`. */
  readonly base: SnapshotId | null;
  /** Nanoseconds in decimal digits. */
  readonly mtime: string | null;
  /** `If-Match: *`: it is there, whatever it says. */
  readonly exists: boolean;
  readonly seen: SnapshotId | null;
}

/** Throws E-INVALID where there is none, or one that cannot be read. */
export function readPreconditions(submission: Submission): Preconditions {
  const { base, mtime, seen, ifMatch } = submission;
  const tags = ifMatch === undefined ? [] : ifMatch.split(",").map((tag) => tag.trim());
  const exists = tags.length === 1 && tags[0] === "*";
  const matched = exists ? [] : tags.map((tag) => versionIn("If-Match", /^"(.*)"$/.exec(tag)?.[1]));
  const read: Preconditions = {
    base: absent(base) ? (matched[0] ?? null) : versionIn("base", base),
    mtime: absent(mtime) ? null : mtimeIn(mtime),
    exists,
    seen: absent(seen) ? null : versionIn("seen", seen),
  };
  if (read.base !== null || read.mtime !== null || read.exists) return read;
  throw badPrecondition("mtime_ns, base or If-Match", "None of them was given, and one is needed.");
}

function absent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function versionIn(name: string, value: unknown): SnapshotId {
  const id = typeof value === "string" ? parseHashId<SnapshotId>(value) : undefined;
  if (id !== undefined) return id;
  throw badPrecondition(name, "It is no version: sha256: and 64 hex digits.");
}

function mtimeIn(value: unknown): string {
  if (typeof value === "string" && /^(?:0|[1-9]\d{0,19})$/.test(value)) return value;
  throw badPrecondition("mtime_ns", "It is a string of decimal digits: nanoseconds pass 2^53.");
}

export function badPrecondition(where: string, why: string): StetError {
  return new StetError({
    code: "E-PRECONDITION",
    what: "The save does not say rightly which version it replaces.",
    where,
    why,
    kept: "The present version is as it was, and the submitted text is kept.",
    fixes: [{ cmd: "stet log", summary: "see which versions there are" }],
  });
}

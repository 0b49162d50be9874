import { expect, test } from "vitest";
import { executableMode, isFileMode, isSymlink, regularMode, sameEntry, symlinkMode } from "./files.ts";
import { type BlobId, hashIdFromBytes } from "./ids.ts";

const blob = hashIdFromBytes<BlobId>(new Uint8Array(32));

test("two entries are the same when blob and mode agree", () => {
  const one = { blob, mode: regularMode, size: 3 };
  expect(sameEntry(one, { ...one })).toBe(true);
  expect(sameEntry(one, { ...one, mode: executableMode })).toBe(false);
  expect(sameEntry(one, null)).toBe(false);
  expect(sameEntry(null, null)).toBe(true);
});

test("a mode is that of a regular file without special bits, or of a symlink", () => {
  for (const mode of [regularMode, executableMode, symlinkMode, 0o100000, 0o100777])
    expect(isFileMode(mode)).toBe(true);
  for (const mode of [0, 0o644, 0o040755, 0o104755, 0o101000, 0o120777, 0o100644 + 0.5, Number.NaN]) {
    expect(isFileMode(mode)).toBe(false);
  }
  expect([symlinkMode, regularMode].map(isSymlink)).toEqual([true, false]);
});

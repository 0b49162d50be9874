import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutants } from "./mutants.ts";

const root = new URL("../../", import.meta.url);

test("every planted fault still fits its source, and every promise has one", () => {
  for (const { bug, file, text, replacement, tests } of mutants) {
    const parts = readFileSync(new URL(file, root), "utf8").split(text);
    expect(parts.length - 1, `"${bug}" stands in ${file} this many times`).toBe(1);
    expect(replacement).not.toBe(text);
    for (const path of tests) expect(existsSync(new URL(path, root)), path).toBe(true);
  }
  expect([...new Set(mutants.map((one) => one.promise))].sort()).toEqual([
    "P1",
    "P2",
    "P3",
    "P4",
    "P5",
    "P6",
    "P7",
  ]);
  expect(mutants.length).toBeGreaterThanOrEqual(15);
  expect(new Set(mutants.map((one) => one.bug)).size).toBe(mutants.length);
});

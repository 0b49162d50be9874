import { describe, expect, test } from "vitest";
import { hasWord, splitCommandWord } from "./command-word.ts";
import { nearestWord } from "./nearest-word.ts";

describe("the command's name among the words", () => {
  test.each([
    [["status"], "status", []],
    [["-C", "sub", "status", "--all"], "status", ["-C", "sub", "--all"]],
    [["--json", "log", "log"], "log", ["--json", "log"]],
    [["--actor", "undo", "save"], "save", ["--actor", "undo"]],
    [["--help"], undefined, ["--help"]],
    [["--", "status"], undefined, ["--", "status"]],
  ])("%j", (words, command, rest) => {
    expect(splitCommandWord(words)).toEqual({ command, rest });
  });

  test("an option behind -- is a word like any other", () => {
    expect(hasWord(["search", "--", "--json"], "--json")).toBe(false);
    expect(hasWord(["search", "--json", "--"], "--json")).toBe(true);
  });
});

describe("the nearest word", () => {
  const words = ["status", "save", "sync", "search", "undo", "redo"];
  test.each([
    ["stauts", "status"],
    ["stat", "status"],
    ["sycn", "sync"],
    ["unod", "undo"],
    ["frobnicate", undefined],
  ])("%s", (typed, nearest) => {
    expect(nearestWord(typed, words)).toBe(nearest);
  });
});

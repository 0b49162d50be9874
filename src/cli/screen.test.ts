import { describe, expect, test } from "vitest";
import { type ColourChoice, screenOf } from "./screen.ts";

const terminal = { isTTY: true, columns: 100 };
const pipe = {};

describe("colour", () => {
  test.each<[string, object, Record<string, string>, ColourChoice, boolean]>([
    ["a terminal", terminal, {}, "auto", true],
    ["a pipe", pipe, {}, "auto", false],
    ["NO_COLOR", terminal, { NO_COLOR: "1" }, "auto", false],
    ["an empty NO_COLOR says nothing", terminal, { NO_COLOR: "" }, "auto", true],
    ["FORCE_COLOR", pipe, { FORCE_COLOR: "1" }, "auto", true],
    ["FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, "auto", false],
    ["a dumb terminal", terminal, { TERM: "dumb" }, "auto", false],
    ["--color always goes before NO_COLOR", pipe, { NO_COLOR: "1" }, "always", true],
    ["--color never", terminal, { FORCE_COLOR: "1" }, "never", false],
  ])("%s", (_name, stream, variables, choice, colour) => {
    expect(screenOf(stream, variables, choice, 0).colour).toBe(colour);
  });
});

describe("glyphs and width", () => {
  test.each([
    [{}, true],
    [{ LANG: "C.UTF-8" }, true],
    [{ LANG: "en_US.utf8" }, true],
    [{ LANG: "en_US.UTF-8", LC_ALL: "C" }, false],
    [{ TERM: "dumb" }, false],
  ])("%j", (variables, unicode) => {
    expect(screenOf(terminal, variables, "auto", 0).unicode).toBe(unicode);
  });

  test("nothing is cut on a stream that is no terminal", () => {
    expect(screenOf(pipe, {}, "auto", 0).width).toBe(Number.POSITIVE_INFINITY);
    expect(screenOf(terminal, {}, "auto", 0).width).toBe(100);
  });
});

import { describe, expect, test } from "vitest";
import { callOptions } from "./call-options.ts";
import type { CommandSpec } from "./command-spec.ts";
import { parseInput } from "./parse-input.ts";

const spec: CommandSpec = {
  arguments: [{ name: "[artifact...]", summary: "" }],
  options: [
    { flags: "-n, --number <count>", summary: "", count: true },
    { flags: "--target <runtime>", summary: "", repeat: true },
    { flags: "--dry-run", summary: "" },
  ],
  examples: [],
  about: "",
};
const nobody = {
  confirm: undefined,
  ask: undefined,
  readInput: async () => "",
  say: () => {},
  stream: () => {},
  yield: () => {},
};

describe("parsing a command's words", () => {
  test("words, flags, counts and repeated options", () => {
    const input = parseInput("sync", spec, [
      "skill/a",
      "-n",
      "5",
      "--target",
      "claude",
      "--target",
      "codex",
      "b",
    ]);
    expect(input.words).toEqual(["skill/a", "b"]);
    expect(input.count("number")).toBe(5);
    expect(input.list("target")).toEqual(["claude", "codex"]);
    expect(input.flag("dryRun")).toBe(false);
  });

  test.each([
    [["--bogus"], /Unknown option '--bogus'/],
    [["--number", "0"], /whole number from 1/],
    [["--number", "-3"], /whole number from 1/],
    [["--scope", "galaxy"], /Allowed choices are/],
    [["--dry-rum"], /Did you mean --dry-run/],
  ])("%j is refused as E-USAGE with a way on", (words, why) => {
    expect(() => parseInput("sync", spec, words)).toThrow(
      expect.objectContaining({ code: "E-USAGE", why: expect.stringMatching(why) }),
    );
  });

  test("claims and scope reach the use case; what was not given stays absent", () => {
    const input = parseInput("sync", spec, ["--agent", "reviewer", "--user", "-y"]);
    expect(callOptions(input, nobody)).toEqual({ claims: { agent: "reviewer" }, scope: "user", yes: true });
    expect(callOptions(parseInput("sync", spec, []), nobody)).toEqual({ claims: {} });
  });

  test("two scopes at once are refused", () => {
    const input = parseInput("sync", spec, ["--user", "--local"]);
    expect(() => callOptions(input, nobody)).toThrow(expect.objectContaining({ code: "E-USAGE" }));
  });
});

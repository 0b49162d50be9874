import fc from "fast-check";
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
  choose: undefined,
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
    [["--dry-run=yes"], /Unknown option '--dry-run=yes'/],
    [["-q"], /Unknown option '-q'/],
    [["--target"], /'--target <runtime>' argument missing/],
  ])("%j is refused as E-USAGE with a way on", (words, why) => {
    expect(() => parseInput("sync", spec, words)).toThrow(
      expect.objectContaining({ code: "E-USAGE", why: expect.stringMatching(why) }),
    );
  });

  test("values stand behind the option, behind an equals sign, or in the short option's own word", () => {
    for (const words of [["-n", "7"], ["-n7"], ["--number", "7"], ["--number=7"], ["-yn", "7"], ["-yn7"]]) {
      expect(parseInput("sync", spec, words).count("number")).toBe(7);
    }
    expect(parseInput("sync", spec, ["--reason=a=b"]).text("reason")).toBe("a=b");
    expect(parseInput("sync", spec, ["--reason", "--json"]).text("reason")).toBe("--json");
  });

  test("what follows two dashes is words; a lone dash and a negative number are words too", () => {
    const input = parseInput("sync", spec, ["-", "-5", "--", "--dry-run", "--"]);
    expect(input.words).toEqual(["-", "-5", "--dry-run", "--"]);
    expect(input.flag("dryRun")).toBe(false);
  });

  test("as many words as the command takes", () => {
    const two = { ...spec, arguments: ["<artifact>", "[name]"].map((name) => ({ name, summary: "" })) };
    expect(parseInput("mv", two, ["a"]).words).toEqual(["a"]);
    expect(() => parseInput("mv", two, [])).toThrow(/Missing required argument 'artifact'/);
    expect(() => parseInput("mv", two, ["a", "b", "c"])).toThrow(/Expected 2 arguments but got 3/);
  });

  test("any text that is written as an option's value comes back as it was", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 })), (reason, targets) => {
        const words = [`--reason=${reason}`, ...targets.flatMap((one) => ["--target", one])];
        const input = parseInput("sync", spec, words);
        expect(input.text("reason")).toBe(reason);
        expect(input.list("target") ?? []).toEqual(targets);
      }),
      { numRuns: 1000 },
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

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import { captureRule } from "../callers/capture-rule.ts";
import { editSettings, type MadeMaps, type SettingsEdit } from "../settings/edit-settings.ts";
import { encodeKeyValue } from "../settings/key-value.ts";
import { claude } from "../table/claude.ts";

const command = "stet capture --hook claude";
const place = claude.places.find(({ kind }) => kind === "hooks");
const bytesOf = (text: string | null) => (text === null ? null : new TextEncoder().encode(text));

function edited(text: string | null, line: string | null, made: MadeMaps = new Set()): SettingsEdit {
  if (place === undefined || claude.hooks === null) throw new Error("Claude Code has hooks");
  const value = line === null ? null : encodeKeyValue(captureRule(claude, claude.hooks, line));
  return editSettings(bytesOf(text), [{ place, name: "capture", value }], made);
}

function textOf(edit: SettingsEdit): string {
  if (edit.outcome === "refused" || edit.text === null) throw new Error(JSON.stringify(edit));
  return edit.text;
}

const settings = `{
  // mine
  "env": { "A": "1" }, /* keep */
  "hooks": {
    "PostToolUse": [
      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "say done" }] } // loud
    ],
    "Stop": [],
  },
  "model": "opus",
}
`;

describe("the hook that tells stet what agents wrote, in the user's settings", () => {
  test("a new file, as Claude Code and Codex read it; nothing is left of it when the hook goes", () => {
    const made = edited(null, command);
    expect(JSON.parse(textOf(made))).toEqual({
      hooks: {
        PostToolUse: [
          {
            matcher: "Edit|MultiEdit|NotebookEdit|Write",
            hooks: [
              {
                type: "command",
                command,
                timeout: 10,
                statusMessage: "stet: keeping this version (Claude Code)",
              },
            ],
          },
        ],
      },
    });
    const maps = made.outcome === "edited" ? made.made : new Set<string>();
    expect(edited(textOf(made), null, maps)).toMatchObject({ outcome: "edited", text: null });
  });

  test("every foreign byte stays, and removing gives the file back (BUGS F4)", () => {
    const after = textOf(edited(settings, command));
    for (const part of [
      "// mine\n",
      '"env": { "A": "1" }, /* keep */',
      "// loud",
      '"Stop": [],',
      '"model": "opus",\n}',
    ]) {
      expect(after).toContain(part);
    }
    expect(textOf(edited(after, null))).toBe(settings);
  });

  test("installing twice changes nothing; another command takes its place", () => {
    const after = textOf(edited(settings, command));
    expect(textOf(edited(after, command))).toBe(after);
    const moved = textOf(edited(after, "/opt/stet capture --hook claude"));
    expect(moved.match(/statusMessage/g)?.length).toBe(1);
    expect(textOf(edited(moved, null))).toBe(settings);
  });

  test("a handler of stet's among the user's in one rule goes alone", () => {
    const mixed = {
      hooks: { Stop: [{ hooks: [{ command: "mine" }, { command: "x", statusMessage: "stet: y" }] }] },
    };
    const left = textOf(edited(JSON.stringify(mixed), null));
    expect(JSON.parse(left)).toEqual({ hooks: { Stop: [{ hooks: [{ command: "mine" }] }] } });
  });

  test.each([
    ["not JSON", "{ hooks: "],
    ["a list", "[]"],
    ["hooks that are a list", '{"hooks": []}'],
    ["an event that is an object", '{"hooks": {"PostToolUse": {}}}'],
  ])("%s is refused and never rewritten (BUGS F2)", (_, text) => {
    expect(edited(text, command).outcome).toBe("refused");
  });

  test("whatever the settings, adding and removing lose no foreign key and give the bytes back", () => {
    const key = fc.constantFrom("env", "model", "a", "b", "PostToolUse", "Stop");
    const handler = fc.record({ type: fc.constant("command"), command: fc.string({ maxLength: 5 }) });
    const group = fc.record({
      matcher: fc.string({ maxLength: 5 }),
      hooks: fc.array(handler, { maxLength: 2 }),
    });
    const hooks = fc.dictionary(key, fc.array(group, { minLength: 1, maxLength: 3 }), {
      minKeys: 1,
      maxKeys: 3,
    });
    const value = fc
      .tuple(fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }), fc.option(hooks))
      .map(([others, some]) => (some === null ? others : { ...others, hooks: some }));
    const space = fc.constantFrom<number | string>(2, 4, "\t");
    fc.assert(
      fc.property(value, space, (before, indent) => {
        const text = JSON.stringify(before, null, indent);
        const after = edited(text, command);
        const made = after.outcome === "edited" ? after.made : new Set<string>();
        expect(textOf(edited(textOf(after), command, made))).toBe(textOf(after));
        const back = edited(textOf(after), null, made);
        expect(jsoncDocument.parse(textOf(back)).value).toEqual(JSON.parse(text));
        if (Object.keys(before).length > 0) expect(textOf(back)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

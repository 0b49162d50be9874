import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import { ambientActor } from "./ambient-actor.ts";
import { readHookEvent } from "./hook-event.ts";
import { hookMark, installHook, removeHook } from "./hook-settings.ts";

const command = "stet capture --hook claude";

describe("what a hook tells", () => {
  test("Claude Code after an edit (code.claude.com/docs, hooks: PostToolUse input)", () => {
    const text = JSON.stringify({
      session_id: "abc123",
      transcript_path: "/home/ana/.claude/projects/p/t.jsonl",
      cwd: "/home/ana/project",
      permission_mode: "default",
      hook_event_name: "PostToolUse",
      tool_name: "Edit",
      tool_input: { file_path: "/home/ana/project/.claude/agents/a.md", old_string: "a", new_string: "b" },
      tool_response: { success: true },
      agent_type: "reviewer",
    });
    expect(readHookEvent(claude, text)).toEqual({
      actor: { runtime: "claude", agentId: "reviewer", modelId: null, session: "abc123" },
      event: "PostToolUse",
      tool: "Edit",
      folder: "/home/ana/project",
      files: ["/home/ana/project/.claude/agents/a.md"],
    });
  });

  test("Codex after a patch (codex-rs, hooks/src/schema.rs: post-tool-use.command.input)", () => {
    const patch =
      "*** Begin Patch\n*** Update File: .agents/skills/pdf/SKILL.md\n@@\n-a\n+b\n*** Add File: new.md\n+x\n*** Move to: moved.md\n*** End Patch";
    const text = JSON.stringify({
      session_id: "0199",
      turn_id: "1",
      cwd: "/p",
      hook_event_name: "PostToolUse",
      model: "gpt-5.5-codex",
      tool_name: "apply_patch",
      tool_input: { command: patch },
    });
    expect(readHookEvent(codex, text)).toMatchObject({
      actor: { runtime: "codex", modelId: "gpt-5.5-codex", session: "0199", agentId: null },
      files: [".agents/skills/pdf/SKILL.md", "new.md", "moved.md"],
    });
  });

  test("garbage tells nothing but the runtime, and never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((text) => `{"tool_input":${text}}`),
        ),
        (text) => {
          const event = readHookEvent(claude, text);
          expect(event.actor.runtime).toBe("claude");
          expect(event.files.every((file) => file !== "")).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("control characters and giant values are not told", () => {
    const text = JSON.stringify({ session_id: "a\u001b[31m", cwd: "/".repeat(10_000), model: 7 });
    expect(readHookEvent(codex, text)).toMatchObject({
      folder: null,
      actor: { session: null, modelId: null },
    });
  });
});

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

function installed(text: string | null): string {
  const edit = installHook(claude, text, command);
  if (edit.outcome !== "edited") throw new Error(edit.outcome);
  return edit.text;
}

describe("the hook in the user's settings", () => {
  test("a new file, as Claude Code and Codex read it", () => {
    expect(JSON.parse(installed(null))).toEqual({
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
  });

  test("every foreign byte stays, and removing gives the file back (BUGS F4)", () => {
    const after = installed(settings);
    for (const part of [
      "// mine\n",
      '"env": { "A": "1" }, /* keep */',
      "// loud",
      '"Stop": [],',
      '"model": "opus",\n}',
    ]) {
      expect(after).toContain(part);
    }
    expect(removeHook(claude, after)).toEqual({ outcome: "edited", text: settings, emptied: false });
  });

  test("installing twice changes nothing; another command replaces it in place", () => {
    const after = installed(settings);
    expect(installHook(claude, after, command)).toEqual({ outcome: "unchanged" });
    const moved = installHook(claude, after, "/opt/stet capture --hook claude");
    expect(moved.outcome === "edited" && moved.text.match(/statusMessage/g)?.length).toBe(1);
    expect(moved.outcome === "edited" && removeHook(claude, moved.text)).toMatchObject({ text: settings });
  });

  test("a file that stet made is left as an empty object, and said so", () => {
    const edit = removeHook(claude, installed(null));
    expect(edit).toMatchObject({ outcome: "edited", emptied: true });
    expect(edit.outcome === "edited" && JSON.parse(edit.text)).toEqual({});
  });

  test("a handler of stet's among the user's in one group goes alone", () => {
    const mixed = JSON.stringify({
      hooks: { Stop: [{ hooks: [{ command: "mine" }, { command: "x", statusMessage: `${hookMark}y` }] }] },
    });
    const edit = removeHook(claude, mixed);
    expect(edit.outcome === "edited" && JSON.parse(edit.text)).toEqual({
      hooks: { Stop: [{ hooks: [{ command: "mine" }] }] },
    });
  });

  test.each([
    ["not JSON", "{ hooks: "],
    ["a list", "[]"],
    ["hooks that are a list", '{"hooks": []}'],
    ["an event that is an object", '{"hooks": {"PostToolUse": {}}}'],
  ])("%s is refused and never rewritten (BUGS F2)", (_, text) => {
    expect(installHook(claude, text, command).outcome).toBe("refused");
  });

  test("nothing of stet's there: nothing to remove", () => {
    expect(removeHook(claude, settings)).toEqual({ outcome: "unchanged" });
    expect(removeHook(claude, null)).toEqual({ outcome: "unchanged" });
    expect(removeHook(codex, '{"hooks":{"Stop":[]}}')).toEqual({ outcome: "unchanged" });
  });

  test("whatever the settings, install and remove lose no foreign key and give the value back", () => {
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
    const space = fc.constantFrom<number | string>(0, 2, "\t");
    fc.assert(
      fc.property(value, space, (before, indent) => {
        const text = JSON.stringify(before, null, indent);
        const after = installed(text);
        const back = removeHook(claude, after);
        expect(back.outcome === "edited" && jsoncDocument.parse(back.text).value).toEqual(JSON.parse(text));
        expect(installHook(claude, after, command)).toEqual({ outcome: "unchanged" });
      }),
      { numRuns: 1000 },
    );
  });
});

describe("who a process runs for", () => {
  test("Claude Code, Codex, a person, and one inside the other", () => {
    expect(ambientActor({ CLAUDECODE: "1", CLAUDE_CODE_SESSION_ID: "s" })).toEqual({
      runtime: "claude",
      agentId: null,
      modelId: null,
      session: "s",
    });
    expect(ambientActor({ CODEX_THREAD_ID: "t" })).toMatchObject({ runtime: "codex", session: "t" });
    expect(ambientActor({ HOME: "/home/ana", CODEX_HOME: "/x", CLAUDE_CONFIG_DIR: "/y" })).toBeNull();
    expect(ambientActor({ CLAUDECODE: "" })).toBeNull();
    expect(ambientActor({ CLAUDECODE: "1", CODEX_THREAD_ID: "t" })).toMatchObject({
      runtime: null,
      session: null,
    });
  });
});

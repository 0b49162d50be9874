import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import { ambientActor } from "./ambient-actor.ts";
import { readHookEvent } from "./hook-event.ts";

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

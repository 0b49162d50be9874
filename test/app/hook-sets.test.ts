import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installHooks } from "../../src/app/init/hooks.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { verify } from "../../src/app/verify.ts";
import { TestProject } from "./test-project.ts";

const canonical = ".agents/stet/hooks.json";
const rule = (matcher: string, command: string) => ({
  matcher,
  hooks: [{ type: "command", command, timeout: 5 }],
});
const set = (...rules: readonly object[]) => `${JSON.stringify({ hooks: { PreToolUse: rules } }, null, 2)}\n`;
const both = { direction: "both" } as const;

const settings = `{
  "hooks": {
    "PreToolUse": [
      { "matcher": "Read", "hooks": [{ "type": "command", "command": "./mine" }] } // mine
    ]
  },
  "model": "opus" // stays
}
`;

async function shop(): Promise<TestProject> {
  return await TestProject.imported({
    "AGENTS.md": "# Lamps\n",
    ".claude/settings.json": settings,
    ".claude/agents/reviewer.md": "---\nname: reviewer\ndescription: Reviews.\n---\n\nLook twice.\n",
    ".codex/notes.txt": "",
    ".gemini/settings.json": '{\n\t"ui": {}\n}',
  });
}

async function states(project: TestProject) {
  const { data } = await status(project.environment);
  return Object.fromEntries(
    data.rows.filter(({ kind }) => kind === "hooks").map((row) => [row.target, row.state]),
  );
}

test("a hook set goes into three settings files in their own words, and out again", async () => {
  using project = await shop();
  project.write(canonical, set(rule("Bash", "./check"), rule("Edit|MultiEdit", "./format")));
  await sync(project.environment, both);
  const written = JSON.parse(project.read(".codex/hooks.json"));
  expect(written.hooks.PreToolUse[0]).toEqual({
    matcher: "Bash",
    hooks: [{ type: "command", command: "./check", timeout: 5, statusMessage: "stet hooks" }],
  });
  expect(JSON.parse(project.read(".gemini/settings.json")).hooks).toEqual({
    BeforeTool: [
      {
        matcher: "run_shell_command",
        hooks: [{ type: "command", name: "stet hooks", command: "./check", timeout: 5000 }],
      },
      {
        matcher: "replace",
        hooks: [{ type: "command", name: "stet hooks", command: "./format", timeout: 5000 }],
      },
    ],
  });
  expect(project.read(".claude/settings.json")).toContain("// mine");
  for (let time = 2; time <= 10; time++) {
    expect((await sync(project.environment, both)).data.operation).toBeNull();
  }
  expect((await verify(project.environment)).data.problems).toEqual([]);
  await removeArtifact(project.environment, { artifact: "hooks/hooks", cascade: true, yes: true });
  expect(project.read(".claude/settings.json")).toBe(settings);
  expect(project.read(".gemini/settings.json")).toBe('{\n\t"ui": {}\n}');
  expect(existsSync(join(project.project, ".codex/hooks.json"))).toBe(false);
});

test("the user's rule for the same event and matcher wins, also when it comes later", async () => {
  using project = await shop();
  project.write(canonical, set(rule("Read", "./theirs"), rule("Bash", "./check"), rule("Write", "./last")));
  await sync(project.environment, both);
  expect(project.read(".claude/settings.json")).not.toContain("./theirs");
  expect(project.read(".claude/settings.json")).toContain("./check");
  const mine = project
    .read(".claude/settings.json")
    .replace(
      '"PreToolUse": [',
      '"PreToolUse": [\n      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "./own" }] },',
    );
  project.write(".claude/settings.json", mine);
  await sync(project.environment, both);
  expect(project.read(".claude/settings.json")).not.toContain("./check");
  expect(project.read(".claude/settings.json")).toContain("./last");
  expect((await sync(project.environment, both)).data.operation).toBeNull();
});

test("a runtime's edit of stet's rule comes back translated; the hook that captures is none of the set's", async () => {
  using project = await shop();
  await installHooks(project.environment);
  project.write(canonical, set(rule("Bash", "./check")));
  await sync(project.environment, both);
  expect(project.read(".claude/settings.json")).toContain("stet capture --hook claude");
  project.write(
    ".gemini/settings.json",
    project.read(".gemini/settings.json").replace("./check", "./check --all").replace("5000", "7000"),
  );
  expect(await states(project)).toEqual({ "gemini:project": "ahead" });
  await sync(project.environment, both);
  expect(JSON.parse(project.read(canonical))).toEqual({
    hooks: {
      PreToolUse: [{ matcher: "Bash", hooks: [{ type: "command", command: "./check --all", timeout: 7 }] }],
    },
  });
  expect(project.read(".claude/settings.json")).toContain("./check --all");
  await undo(project.environment);
  expect(project.read(".claude/settings.json")).not.toContain("--all");
  expect(project.read(".claude/settings.json")).toContain("stet capture --hook claude");
});

test("hooks that are a list are reported, and the file is left as it is (BUGS F2)", async () => {
  using project = await shop();
  project.write(canonical, set(rule("Bash", "./check")));
  project.write(".claude/settings.json", '{"hooks": []}');
  await sync(project.environment, both);
  expect(project.read(".claude/settings.json")).toBe('{"hooks": []}');
  expect(await states(project)).toMatchObject({ "claude:project": "blocked" });
});

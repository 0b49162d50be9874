import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importFound } from "../../src/app/import.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { TestProject } from "./test-project.ts";

const server = (command: string) =>
  `${JSON.stringify({ command, args: ["-y", "srv"], env: { TOKEN: "${TOKEN}" } }, null, 2)}\n`;
const canonical = ".agents/stet/mcp/github.json";
const claudeFile = `{
  // ours, by hand
  "mcpServers": {
    "mine": { "command": "./mine" }, /* stays */
  },
  "other": [1, 2,   3]
}`;
const codexFile = `# my codex\r\nmodel = "gpt-5"\r\n\r\n[mcp_servers.mine]\r\ncommand = "./mine"   # here\r\n`;

async function shop(more: Readonly<Record<string, string>> = {}): Promise<TestProject> {
  return await TestProject.imported({
    "AGENTS.md": "# Lamps\n",
    ".claude/agents/reviewer.md": "---\nname: reviewer\ndescription: Reviews.\n---\n\nLook twice.\n",
    ".codex/notes.txt": "",
    ...more,
  });
}

async function states(project: TestProject) {
  const { data } = await status(project.environment);
  const rows = data.rows.filter(({ kind }) => kind === "mcp");
  return Object.fromEntries(rows.map((row) => [`${row.target} ${row.name}`, row.state]));
}

const bothWays = { direction: "both" } as const;
const removal = { artifact: "mcp/github", cascade: true, yes: true };

test("a server goes into shared files and out again, and no other byte of them changes (BUGS F4)", async () => {
  using project = await shop({ ".mcp.json": claudeFile, ".codex/config.toml": codexFile });
  project.write(canonical, server("npx"));
  const first = await sync(project.environment, bothWays);
  expect(first.data.changed.map(({ path }) => path)).toEqual([
    "claude:project:.mcp.json#mcp/github",
    "codex:project:.codex/agents/reviewer.toml",
    "codex:project:.codex/config.toml#mcp/github",
  ]);
  expect(project.read(".mcp.json")).toBe(
    claudeFile.replace(
      "/* stays */\n",
      `/* stays */
    "github": {
      "command": "npx",
      "args": [
        "-y",
        "srv"
      ],
      "env": {
        "TOKEN": "\${TOKEN}"
      }
    },
`,
    ),
  );
  expect(project.read(".codex/config.toml")).toBe(
    `${codexFile}\r\n[mcp_servers.github]\r\ncommand = "npx"\r\nargs = ["-y", "srv"]\r\nenv_vars = ["TOKEN"]\r\n`,
  );
  expect(await states(project)).toEqual({
    "claude:project mine": "extra",
    "codex:project mine": "extra",
  });
  for (let time = 2; time <= 10; time++) {
    expect((await sync(project.environment, bothWays)).data).toMatchObject({ operation: null, changed: [] });
  }
  await removeArtifact(project.environment, removal);
  expect(project.read(".mcp.json")).toBe(claudeFile);
  expect(project.read(".codex/config.toml")).toBe(codexFile);
});

test("a file that stet made goes with its last key; one that the user had keeps its empty map", async () => {
  using project = await shop();
  project.write(canonical, server("npx"));
  project.write(".codex/config.toml", "[mcp_servers]\n");
  await sync(project.environment, bothWays);
  expect(project.read(".mcp.json")).toContain("npx");
  await removeArtifact(project.environment, removal);
  expect(existsSync(join(project.project, ".mcp.json"))).toBe(false);
  expect(project.read(".codex/config.toml")).toBe("[mcp_servers]\n");
});

test("an edit at one runtime comes back translated, and what the user put beside it stays", async () => {
  using project = await shop();
  project.write(canonical, server("npx"));
  await sync(project.environment, bothWays);
  const edited = project.read(".codex/config.toml").replace('"npx"', '"uvx"');
  project.write(".codex/config.toml", `${edited}startup_note = "mine"\nstartup_timeout_sec = 2.5\n`);
  expect(await states(project)).toEqual({ "codex:project github": "ahead" });
  await sync(project.environment, bothWays);
  expect(JSON.parse(project.read(canonical))).toEqual({
    command: "uvx",
    args: ["-y", "srv"],
    env: { TOKEN: "${TOKEN}" },
    startupTimeout: 2500,
  });
  expect(project.read(".codex/config.toml")).toContain('startup_note = "mine"');
  expect(JSON.parse(project.read(".mcp.json")).mcpServers.github).toMatchObject({ command: "uvx" });
});

test("undo of a sync takes back the keys, and leaves what the user wrote into the file since", async () => {
  using project = await shop({ ".mcp.json": claudeFile });
  project.write(canonical, server("npx"));
  await sync(project.environment, bothWays);
  project.write(".mcp.json", project.read(".mcp.json").replace('"./mine"', '"./yours"'));
  await undo(project.environment, {});
  expect(project.read(".mcp.json")).toBe(claudeFile.replace('"./mine"', '"./yours"'));
  expect(existsSync(join(project.project, ".codex/config.toml"))).toBe(false);
  expect(await states(project)).toMatchObject({ "claude:project github": "missing" });
});

test("a file that is not the shape it should be is named and left alone, and stops no other target (BUGS F2, S12)", async () => {
  for (const broken of ["not json", '{"mcpServers": []}', "[]", '{"mcpServers": {"a": 1}', "\u0000"]) {
    using project = await shop({ ".mcp.json": broken });
    project.write(canonical, server("npx"));
    const { data } = await sync(project.environment, bothWays);
    expect(project.read(".mcp.json")).toBe(broken);
    expect(data.skipped.map(({ what }) => what)).toContain("mcp/github claude:project");
    expect(project.read(".codex/config.toml")).toContain("npx");
    expect(await states(project)).toMatchObject({ "claude:project github": "blocked" });
  }
});

test("a literal secret is not written, wherever it would go (BUGS X1)", async () => {
  using project = await shop();
  const token = `ghp_${"A1b2C3d4E5f6G7h8I9j0".repeat(2).slice(0, 36)}`;
  project.write(canonical, server("npx").replace("${TOKEN}", token));
  await sync(project.environment, bothWays);
  expect(existsSync(join(project.project, ".mcp.json"))).toBe(false);
  expect(await states(project)).toMatchObject({ "claude:project github": "blocked" });
});

test("import takes in the servers and the user's hooks of a runtime's settings; equal ones are one", async () => {
  using project = await shop({
    ".mcp.json": '{"mcpServers": {"docs": {"type": "stdio", "command": "npx", "env": {"KEY": "${KEY}"}}}}',
    ".codex/config.toml": '[mcp_servers.docs]\ncommand = "npx"\nenv_vars = ["KEY"]\n',
    ".claude/settings.json": '{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "./bye"}]}]}}',
  });
  const { data } = await importFound(project.environment, { yes: true });
  expect(data.imported).toEqual(["hooks/hooks", "mcp/docs"]);
  expect(JSON.parse(project.read(".agents/stet/mcp/docs.json"))).toEqual({
    type: "stdio",
    command: "npx",
    env: { KEY: "${KEY}" },
  });
  expect(JSON.parse(project.read(".agents/stet/hooks.json"))).toEqual({
    hooks: { Stop: [{ hooks: [{ type: "command", command: "./bye" }] }] },
  });
  expect(await states(project)).toEqual({});
  expect((await importFound(project.environment, { yes: true })).data.imported).toEqual([]);
});

test("import looks for secrets in the very value that it would copy, and leaves one that holds any (BUGS X1)", async () => {
  const token = `ghp_${"A1b2C3d4E5f6G7h8I9j0".repeat(2).slice(0, 36)}`;
  const servers = { docs: { command: "npx" }, github: { command: "npx", env: { TOKEN: token } } };
  const text = JSON.stringify({ mcpServers: servers });
  using project = await shop({ ".mcp.json": text });
  const { notices } = await importFound(project.environment, { yes: true });
  const said = notices.filter(({ code }) => code === "W-SECRET").map((one) => one.text);
  expect(said).toEqual([expect.stringContaining("mcp/github was not copied")]);
  expect(JSON.stringify(notices)).not.toContain(token);
  expect(existsSync(join(project.project, canonical))).toBe(false);
  expect(project.read(".agents/stet/mcp/docs.json")).toContain("npx");
  expect(project.read(".mcp.json")).toBe(text);
});

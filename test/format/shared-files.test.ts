import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { sync } from "../../src/app/sync.ts";
import { TestProject } from "../app/test-project.ts";

const page = readFileSync(new URL("../../docs/format.md", import.meta.url), "utf8");

async function writtenRows(
  settings: Readonly<Record<string, string>>,
): Promise<readonly (readonly string[])[]> {
  using project = new TestProject({
    "CLAUDE.md": "# Lamps\n",
    ".claude/agents/a.md": "---\nname: a\n---\nLook.\n",
    ...settings,
  });
  await initialise(project.environment, { yes: true, root: ".agents" });
  project.write(".agents/stet/mcp/github.json", '{"command": "npx"}\n');
  await sync(project.environment, { direction: "both" });
  using database = new DatabaseSync(join(project.environment.storeFolder, "store.db"), { readOnly: true });
  const rows = database.prepare(
    "SELECT path, artifact, size FROM written WHERE path LIKE '.mcp.json#%' ORDER BY path",
  );
  return rows
    .all()
    .map(({ path, artifact, size }) => [String(path), String(artifact), size === 0 ? "empty" : "bytes"]);
}

test("values in somebody else's file, and what was made of it, are recorded as the page says", async () => {
  const made = await writtenRows({});
  expect(made).toEqual([
    [".mcp.json#made", "", "empty"],
    ['.mcp.json#made["mcpServers"]', "", "empty"],
    [".mcp.json#mcp/github", "mcp/github", "bytes"],
  ]);
  const there = await writtenRows({ ".mcp.json": '{"mcpServers": {}}' });
  expect(there).toEqual([
    ['.mcp.json#made["mcpServers"]=: {}', "", "empty"],
    [".mcp.json#mcp/github", "mcp/github", "bytes"],
  ]);
  for (const [path] of [...made, ...there]) expect(page).toContain(`\`${path}\``);
});

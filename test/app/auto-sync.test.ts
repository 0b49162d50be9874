import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { log } from "../../src/app/log.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { sync } from "../../src/app/sync.ts";
import { autoSync } from "../../src/app/targets/auto-sync.ts";
import { type WatchEvent, watch } from "../../src/app/watch.ts";
import { writing } from "../../src/app/workbench/writing.ts";
import { TestProject } from "./test-project.ts";

const file = ".agents/stet/collection.toml";
const text = (words: string) => `---\nname: reviewer\ndescription: Reviews.\n---\n\n${words}\n`;

/** Two targets, of which one is brought up to date by itself. */
async function shop(): Promise<TestProject> {
  const project = await TestProject.imported({
    ".claude/agents/reviewer.md": text("Look twice."),
    ".claude/commands/brief.md": "Write a brief.\n",
    ".codex/agents/other.toml": 'name = "other"\ndescription = "Other."\ndeveloper_instructions = "Do it."\n',
  });
  await sync(project.environment, { direction: "both" });
  project.write(
    file,
    project.read(file).replace(/^targets = .*$/m, (line) => `${line}\nauto-sync = ["claude:project"]`),
  );
  return project;
}

async function synced(project: TestProject) {
  return await writing(project.environment, {}, (bench) => autoSync(bench));
}

test("nothing is brought up to date by itself where nobody asked for it", async () => {
  using project = await shop();
  project.write(file, project.read(file).replace(/^auto-sync.*\n/m, ""));
  project.write(".agents/agents/reviewer.md", text("Look three times."));
  expect(await synced(project)).toBeNull();
});

test("only what is behind is written, at the named target alone; what was edited, is new or is gone waits", async () => {
  using project = await shop();
  project.write(".agents/agents/reviewer.md", text("Look three times."));
  project.write(".agents/commands/new.md", "A new one.\n");
  const first = await synced(project);
  expect(first?.outcome.changed.map((one) => one.path)).toEqual([
    "claude:project:.claude/agents/reviewer.md",
  ]);
  expect(project.read(".codex/agents/reviewer.toml")).toContain("Look twice.");
  project.write(".claude/agents/reviewer.md", text("Edited there."));
  await removeArtifact(project.environment, { artifact: "command/brief", yes: true });
  expect((await synced(project))?.outcome.operation).toBeNull();
  expect(project.read(".claude/agents/reviewer.md")).toBe(text("Edited there."));
  expect(project.read(".claude/commands/brief.md")).toBe("Write a brief.\n");
  expect(
    (await log(project.environment, { limit: 10 })).data.operations.find((one) => one.kind === "push"),
  ).toMatchObject({
    details: { automatic: "true" },
  });
});

test("what would lose a field on the way is left to a person", async () => {
  using project = await shop();
  project.write(
    file,
    project.read(file).replace('auto-sync = ["claude:project"]', 'auto-sync = ["codex:project"]'),
  );
  const lossy = text("Look three times.").replace("name:", "tools: Read\nname:");
  project.write(".agents/agents/reviewer.md", lossy);
  expect((await synced(project))?.outcome.operation).toBeNull();
  project.write(".agents/agents/reviewer.md", text("Look three times."));
  expect((await synced(project))?.outcome.changed).toHaveLength(1);
});

test("a watch does it as edits come", async () => {
  using project = await shop();
  const stopper = new AbortController();
  const path = join(project.project, ".agents/agents/reviewer.md");
  await new Promise<void>((resolve, reject) => {
    const onEvent = (event: WatchEvent) => {
      if (event.kind === "state") writeFileSync(path, text("Look three times."));
      if (event.kind === "synced") stopper.abort();
      if (event.kind === "problem") reject(event.error);
    };
    const stop = stopper.signal;
    watch(project.environment, { onEvent, stop, settleMilliseconds: 20 }).then(() => resolve(), reject);
  });
  expect(project.read(".claude/agents/reviewer.md")).toBe(text("Look three times."));
});

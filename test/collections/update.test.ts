import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { add } from "../../src/app/add.ts";
import { outdated } from "../../src/app/outdated.ts";
import { undo } from "../../src/app/undo.ts";
import { update } from "../../src/app/update.ts";
import { TestProject } from "../app/test-project.ts";
import { skillText, UpstreamRepository } from "./upstream-repository.ts";

const main = ".agents/skills/pdf/SKILL.md";
const lockPath = ".agents/stet/collection.lock";
const manifestPath = ".agents/stet/collection.toml";
const first = { Usage: "Run it.", Notes: "None yet.", Output: "A file." };

async function withPdf(upstream: UpstreamRepository): Promise<TestProject> {
  const project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n" });
  await add(withGit(project), { sources: [`${upstream.url}//skills/pdf`], yes: true });
  return project;
}

/** git is found by the path that the test runs with. */
function withGit(project: TestProject) {
  return project.with({ variables: { PATH: process.env.PATH, HOME: project.folder } });
}

test("an artifact is added with its manifest entry and its lock, edited, and updated with the edit kept", async () => {
  using upstream = new UpstreamRepository({
    "skills/pdf/SKILL.md": skillText("pdf", first),
    "README.md": "x\n",
  });
  using project = await withPdf(upstream);
  expect(project.read(main)).toBe(skillText("pdf", first));
  expect(project.read(manifestPath)).toContain('[upstream."skill/pdf"]');
  expect(project.read(lockPath)).toContain('[artifact."skill/pdf"]');
  await project.saved(main, skillText("pdf", { ...first, Output: "A file in out/." }));
  upstream.commit({ "skills/pdf/SKILL.md": skillText("pdf", { ...first, Usage: "Run it twice." }) });
  const { data } = await outdated(withGit(project));
  expect(data.updates).toMatchObject([{ artifact: "skill/pdf", state: "merges", theirs: 1, yours: 1 }]);
  const lockBefore = project.read(lockPath);
  const manifestBefore = project.read(manifestPath);
  const done = await update(withGit(project));
  expect(done.data.conflicts).toEqual([]);
  expect(project.read(main)).toBe(
    skillText("pdf", { ...first, Usage: "Run it twice.", Output: "A file in out/." }),
  );
  expect(project.read(manifestPath)).toBe(manifestBefore);
  expect(project.read(lockPath)).not.toBe(lockBefore);
  expect((await outdated(withGit(project))).data.updates).toMatchObject([{ state: "current" }]);
  await undo(withGit(project));
  expect(project.read(lockPath)).toBe(lockBefore);
  expect(project.read(main)).toBe(skillText("pdf", { ...first, Output: "A file in out/." }));
  expect(readdirSync(join(project.environment.storeFolder, "fetching"))).toEqual([]);
});

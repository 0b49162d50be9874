import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { add } from "../../src/app/add.ts";
import { collectGarbage } from "../../src/app/collect-garbage.ts";
import { setSetting } from "../../src/app/config.ts";
import { diffUpstream } from "../../src/app/diff-upstream.ts";
import { holdUpstream, releaseUpstream } from "../../src/app/hold-upstream.ts";
import { log } from "../../src/app/log.ts";
import { outdated } from "../../src/app/outdated.ts";
import { prune } from "../../src/app/prune.ts";
import { restore } from "../../src/app/restore.ts";
import { redo, revert, undo } from "../../src/app/undo.ts";
import { update } from "../../src/app/update.ts";
import { treeOf } from "../app/fixture.ts";
import {
  fetchedLeftovers,
  lockPath,
  manifestPath,
  pdf,
  projectWith,
  skillPath,
  statesOf,
  withGit,
} from "./upstream-project.ts";
import { skillText, UpstreamRepository } from "./upstream-repository.ts";

test("an edit made here is kept through an update, manifest and lock agree, and undo takes all of it back (BUGS U1, U2)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf(), "README.md": "x\n" });
  using project = await projectWith(upstream);
  expect(project.read(skillPath)).toBe(pdf());
  expect(project.read(manifestPath)).toContain('[upstream."skill/pdf"]');
  await project.saved(skillPath, pdf({ Output: "A file in out/." }));
  const commit = upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "Run it twice." }) });
  const { data } = await outdated(withGit(project));
  expect(data.updates).toMatchObject([{ artifact: "skill/pdf", state: "merges", theirs: 1, yours: 1 }]);
  const before = [project.read(lockPath), project.read(manifestPath)];
  const done = await update(withGit(project));
  expect(done.data.conflicts).toEqual([]);
  expect(project.read(skillPath)).toBe(pdf({ Usage: "Run it twice.", Output: "A file in out/." }));
  expect(project.read(manifestPath)).toBe(before[1]);
  expect(project.read(lockPath)).toContain(`commit = "${commit}"`);
  expect(await statesOf(project)).toEqual({ "skill/pdf": "current" });
  await undo(withGit(project));
  expect([project.read(lockPath), project.read(manifestPath)]).toEqual(before);
  expect(project.read(skillPath)).toBe(pdf({ Output: "A file in out/." }));
  await redo(withGit(project));
  expect(project.read(lockPath)).toContain(`commit = "${commit}"`);
  expect(fetchedLeftovers(project)).toEqual([]);
});

test("a commit that changes nothing in the path is no update (BUGS U3)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf(), "README.md": "x\n" });
  using project = await projectWith(upstream);
  upstream.commit({ "README.md": "y\n", "skills/other/SKILL.md": skillText("other", { Usage: "x" }) });
  expect(await statesOf(project)).toEqual({ "skill/pdf": "current" });
  const kinds = await project.kinds();
  expect((await update(withGit(project))).data.operation).toBeNull();
  expect(await project.kinds()).toEqual(kinds);
});

test("spots that both changed are a stored conflict, and all else goes through", async () => {
  using upstream = new UpstreamRepository({
    "skills/pdf/SKILL.md": pdf(),
    "skills/pdf/notes.md": "# Notes\n\nOne.\n",
  });
  using project = await projectWith(upstream);
  await project.saved(skillPath, pdf({ Usage: "Run it here." }));
  upstream.commit({
    "skills/pdf/SKILL.md": pdf({ Usage: "Run it there." }),
    "skills/pdf/notes.md": "# Notes\n\nTwo.\n",
  });
  expect(await statesOf(project)).toEqual({ "skill/pdf": "asks" });
  const done = await update(withGit(project));
  expect(done.needsDecision).toBe(true);
  expect(done.data.conflicts).toHaveLength(1);
  expect(project.read(skillPath)).toBe(pdf({ Usage: "Run it here." }));
  expect(project.read(".agents/skills/pdf/notes.md")).toBe("# Notes\n\nTwo.\n");
});

test("upstream takes theirs and keeps mine in history; local keeps mine and notes the version as seen", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using taken = await projectWith(upstream);
  using kept = await projectWith(upstream);
  for (const project of [taken, kept]) await project.saved(skillPath, pdf({ Usage: "Mine." }));
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "Theirs." }) });
  await update(withGit(taken), { strategy: "upstream" });
  expect(taken.read(skillPath)).toBe(pdf({ Usage: "Theirs." }));
  await undo(withGit(taken));
  expect(taken.read(skillPath)).toBe(pdf({ Usage: "Mine." }));
  await update(withGit(kept), { strategy: "local" });
  expect(kept.read(skillPath)).toBe(pdf({ Usage: "Mine." }));
  expect(await statesOf(kept)).toEqual({ "skill/pdf": "current" });
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "Theirs.", Notes: "Later." }) });
  await update(withGit(kept));
  expect(kept.read(skillPath)).toBe(pdf({ Usage: "Mine.", Notes: "Later." }));
});

test("an edit that upstream has by now is no edit any more", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  await project.saved(skillPath, pdf({ Usage: "The same." }));
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "The same.", Notes: "More." }) });
  const { data } = await update(withGit(project));
  expect(data.conflicts).toEqual([]);
  expect(project.read(skillPath)).toBe(pdf({ Usage: "The same.", Notes: "More." }));
  expect((await diffUpstream(withGit(project), { side: "mine" })).data.files).toEqual([]);
});

test("renames, additions, deletions, binaries and programs arrive; what was removed or made here stays so (BUGS U2, U5, D4)", async () => {
  const long = Array.from({ length: 30 }, (_, index) => `Line ${index} of the reference.\n`).join("");
  using upstream = new UpstreamRepository({
    "skills/pdf/SKILL.md": pdf(),
    "skills/pdf/reference.md": long,
    "skills/pdf/old.md": "old\n",
    "skills/pdf/removed-here.md": "r\n",
    "skills/pdf/logo.bin": new Uint8Array([0, 1, 2, 255]),
    "skills/pdf/run.sh": "#!/bin/sh\necho one\n",
  });
  using project = await projectWith(upstream);
  const at = (path: string) => `.agents/skills/pdf/${path}`;
  expect(statSync(join(project.project, at("run.sh"))).mode & 0o111).not.toBe(0);
  project.remove(at("removed-here.md"));
  project.write(at("mine.md"), "mine\n");
  await project.saved(at("reference.md"), long.replace("Line 3 of", "Line three of"));
  upstream.commit({
    "skills/pdf/reference.md": null,
    "skills/pdf/docs/reference.md": long.replace("Line 20 of", "Line twenty of"),
    "skills/pdf/old.md": null,
    "skills/pdf/new.md": "new\n",
    "skills/pdf/logo.bin": new Uint8Array([0, 9, 9, 255]),
    "skills/pdf/run.sh": "#!/bin/sh\necho two\n",
  });
  const { data } = await update(withGit(project));
  expect(data.conflicts).toEqual([]);
  expect(project.read(at("docs/reference.md"))).toBe(
    long.replace("Line 3 of", "Line three of").replace("Line 20 of", "Line twenty of"),
  );
  expect([...treeOf(join(project.project, ".agents/skills/pdf")).keys()].sort()).toEqual([
    "SKILL.md",
    "docs/reference.md",
    "logo.bin",
    "mine.md",
    "new.md",
    "run.sh",
  ]);
  expect(project.read(at("run.sh"))).toContain("echo two");
});

test("a dry run, and looking, write nothing", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  const before = treeOf(project.project);
  const kinds = await project.kinds();
  const dry = await update(withGit(project), { dryRun: true });
  expect(dry.data.updates).toMatchObject([{ state: "ready" }]);
  const theirs = await diffUpstream(withGit(project), { side: "upstream", artifact: "skill/pdf" });
  expect(theirs.data.files.map((one) => one.path)).toEqual(["skill/pdf/SKILL.md"]);
  expect(treeOf(project.project)).toEqual(before);
  expect(await project.kinds()).toEqual(kinds);
});

test("the base of the next update outlives prune and gc (BUGS S11)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  await project.saved(skillPath, pdf({ Output: "Mine." }));
  for (let round = 0; round < 3; round++) await project.saved(skillPath, pdf({ Output: `Mine ${round}.` }));
  project.now += 400 * 86_400_000_000;
  await prune(project.environment, { keepLast: 1, yes: true });
  await collectGarbage(project.environment);
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  await update(withGit(project));
  expect(project.read(skillPath)).toBe(pdf({ Usage: "New.", Output: "Mine 2." }));
});

test("of two updates the first alone is reverted; restore brings back an earlier lock and can be undone", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  const added = project.read(lockPath);
  const [point] = (await log(project.environment, { limit: 1 })).data.operations;
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "First." }) });
  const one = await update(withGit(project));
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "First.", Notes: "Second." }) });
  await update(withGit(project));
  const both = project.read(lockPath);
  await revert(withGit(project), { operation: String(one.data.operation) });
  expect(project.read(skillPath)).toBe(pdf({ Notes: "Second." }));
  await restore(withGit(project), { at: String(point?.id) });
  expect(project.read(lockPath)).toBe(added);
  expect(project.read(skillPath)).toBe(pdf());
  await undo(withGit(project));
  await undo(withGit(project));
  expect(project.read(lockPath)).toBe(both);
  expect(project.read(skillPath)).toBe(pdf({ Usage: "First.", Notes: "Second." }));
});

test("an artifact is held at its version, and follows its source again (BUGS U5)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  await holdUpstream(withGit(project), { artifact: "skill/pdf" });
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  expect(await statesOf(project)).toEqual({ "skill/pdf": "pinned" });
  await update(withGit(project));
  expect(project.read(skillPath)).toBe(pdf());
  await releaseUpstream(withGit(project), { artifact: "skill/pdf" });
  expect(await statesOf(project)).toEqual({ "skill/pdf": "ready" });
});

test("a range of versions takes its highest tag; a tag that moved is a security notice", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  upstream.git("tag", "v1.0.0");
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "1.1" }) });
  upstream.git("tag", "--annotate", "--message", "release", "v1.1.0");
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "2.0" }) });
  upstream.git("tag", "v2.0.0");
  using project = await projectWith(upstream, { ref: "#^1.0.0" });
  expect(project.read(skillPath)).toBe(pdf({ Usage: "1.1" }));
  expect(project.read(manifestPath)).toContain('version = "^1.0.0"');
  expect(await statesOf(project)).toEqual({ "skill/pdf": "current" });
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "rewritten" }) });
  upstream.git("tag", "--force", "v1.1.0");
  const { data } = await outdated(withGit(project));
  expect(data.updates[0]).toMatchObject({ state: "security", findings: [{ code: "moved-tag" }] });
  expect((await update(withGit(project))).data.operation).toBeNull();
  expect(project.read(skillPath)).toBe(pdf({ Usage: "1.1" }));
});

test("one source that gives no answer holds up no other, and is told (BUGS U6)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  {
    using gone = new UpstreamRepository({
      "agents/scout.md": "---\nname: scout\ndescription: x\n---\nLook.\n",
    });
    await add(withGit(project), { sources: [`${gone.url}//agents/scout.md`] });
  }
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  const done = await update(withGit(project));
  expect(done.needsDecision).toBe(true);
  expect(done.data.updates.map((one) => [one.artifact, one.state])).toEqual([
    ["agent/scout", "unreachable"],
    ["skill/pdf", "ready"],
  ]);
  expect(project.read(skillPath)).toBe(pdf({ Usage: "New." }));
  expect(fetchedLeftovers(project)).toEqual([]);
});

test("a version younger than the cool-down waits until it is named; one that is ignored is passed by", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  await setSetting(project.environment, { key: "updates.cool-down-days", value: "3" });
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  expect(await statesOf(project)).toEqual({ "skill/pdf": "waiting" });
  expect((await update(withGit(project))).data.operation).toBeNull();
  const manifest = project.read(manifestPath);
  await project.saved(
    manifestPath,
    manifest.replace('path = "skills/pdf"', 'path = "skills/pdf"\nignore = "ours is better"'),
  );
  expect(await statesOf(project)).toEqual({ "skill/pdf": "ignored" });
  await update(withGit(project), { artifacts: ["skill/pdf"] });
  expect(project.read(skillPath)).toBe(pdf({ Usage: "New." }));
});

test("targets follow an update by the same rows as a sync, and come back with undo", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream, {
    files: { ".claude/skills/mine/SKILL.md": skillText("mine", { Usage: "x" }) },
  });
  const copy = ".claude/skills/pdf/SKILL.md";
  expect(project.read(copy)).toBe(pdf());
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  await update(withGit(project));
  expect(project.read(copy)).toBe(pdf({ Usage: "New." }));
  await undo(withGit(project));
  expect(project.read(copy)).toBe(pdf());
});

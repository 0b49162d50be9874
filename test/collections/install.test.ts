import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { add } from "../../src/app/add.ts";
import { allow } from "../../src/app/allow.ts";
import { audit } from "../../src/app/audit.ts";
import { info } from "../../src/app/info.ts";
import { initialise } from "../../src/app/init.ts";
import { install } from "../../src/app/install.ts";
import { moveArtifact } from "../../src/app/move.ts";
import { outdated } from "../../src/app/outdated.ts";
import { listPins } from "../../src/app/pin.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { undo } from "../../src/app/undo.ts";
import { update } from "../../src/app/update.ts";
import { treeOf } from "../app/fixture.ts";
import { refusalOf, TestProject } from "../app/test-project.ts";
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

const offline = { variables: { PATH: "/nowhere" } };

test("install brings back what is gone from the store, without a network", async () => {
  const upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  upstream[Symbol.dispose]();
  await removeFiles(project);
  const done = await install(project.with(offline));
  expect(done.data.changed.map((one) => one.path)).toContain("skills/pdf/SKILL.md");
  expect(project.read(skillPath)).toBe(pdf());
});

async function removeFiles(project: TestProject): Promise<void> {
  rmSync(join(project.project, ".agents/skills/pdf"), { recursive: true });
  await statesOf(project);
}

test("a clone installs exactly what the lock says, and merges from the base that its store never had", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  using clone = new TestProject();
  cpSync(join(project.project, ".agents"), join(clone.project, ".agents"), { recursive: true });
  rmSync(join(clone.project, ".agents/stet/.work"), { recursive: true, force: true });
  await initialise(clone.environment, { yes: true });
  await clone.saved(skillPath, pdf({ Output: "Mine." }));
  expect(await statesOf(clone)).toEqual({ "skill/pdf": "merges" });
  await update(withGit(clone));
  expect(clone.read(skillPath)).toBe(pdf({ Usage: "New.", Output: "Mine." }));
});

test("--frozen is exactly the lock, or an error that changes nothing", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  expect((await install(withGit(project), { frozen: true })).data.operation).toBeNull();
  await project.saved(skillPath, pdf({ Usage: "Mine." }));
  expect(await refusalOf(install(withGit(project), { frozen: true }))).toMatchObject({ code: "E-STALE" });
  const manifest = project.read(manifestPath).replace('path = "skills/pdf"', 'path = "skills/other"');
  await project.saved(manifestPath, manifest);
  expect(await refusalOf(install(withGit(project), { frozen: true }))).toMatchObject({ code: "E-STALE" });
  expect(project.read(skillPath)).toBe(pdf({ Usage: "Mine." }));
});

test("a damaged or newer lock is a clear error and never written over (BUGS S12)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  for (const text of ["not toml at all [", "version = 99\n", "version = 1\n[artifact.x]\n"]) {
    project.write(lockPath, text);
    for (const work of [update, install, outdated]) {
      expect(await refusalOf(work(withGit(project)))).toMatchObject({ code: "E-COLLECTION-FILE" });
    }
    expect(project.read(lockPath)).toBe(text);
    expect(project.read(skillPath)).toBe(pdf());
  }
});

test("unknown keys and comments survive an update; the order of adding leaves no trace", async () => {
  using upstream = new UpstreamRepository({
    "skills/pdf/SKILL.md": pdf(),
    "skills/csv/SKILL.md": skillText("csv", { Usage: "x" }),
  });
  using project = await projectWith(upstream);
  await add(withGit(project), { sources: [`${upstream.url}//skills/csv`] });
  const lock = project.read(lockPath);
  expect(lock.indexOf("skill/csv")).toBeLessThan(lock.indexOf("skill/pdf"));
  await project.saved(
    lockPath,
    lock.replace('[artifact."skill/pdf"]', '# ours\n[artifact."skill/pdf"]\nfuture = 7'),
  );
  await project.saved(manifestPath, `${project.read(manifestPath)}\n# the end\n`);
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }), "skills/pdf/a.md": "a\n" });
  await update(withGit(project));
  expect(project.read(lockPath)).toContain('# ours\n[artifact."skill/pdf"]\nfuture = 7');
  expect(project.read(lockPath)).toMatch(/"SKILL\.md" = .*\n"a\.md" = /);
  expect(project.read(manifestPath)).toContain("# the end");
});

test("remove takes an artifact out of manifest and lock; mv takes them along; undo brings them back", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  const [lock, manifest] = [project.read(lockPath), project.read(manifestPath)];
  await moveArtifact(withGit(project), { from: "skill/pdf", to: "skill/documents" });
  expect(project.read(manifestPath)).toContain('[upstream."skill/documents"]');
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  await update(withGit(project));
  expect(project.read(".agents/skills/documents/SKILL.md")).toBe(pdf({ Usage: "New." }));
  await undo(withGit(project));
  await undo(withGit(project));
  expect([project.read(lockPath), project.read(manifestPath)]).toEqual([lock, manifest]);
  await removeArtifact(withGit(project), { artifact: "skill/pdf", yes: true });
  expect(project.read(lockPath)).not.toContain("skill/pdf");
  expect(project.read(manifestPath)).not.toContain("skill/pdf");
  expect((await listPins(project.environment)).data.pins).toEqual([]);
});

test("what hides in an update is shown with its lines and waits until it is allowed with a reason (BUGS X1)", async () => {
  using upstream = new UpstreamRepository({
    "skills/pdf/SKILL.md": pdf(),
    "skills/csv/SKILL.md": skillText("csv", { Usage: "x" }),
  });
  using project = await projectWith(upstream);
  await add(withGit(project), { sources: [`${upstream.url}//skills/csv`] });
  upstream.commit({
    "skills/pdf/SKILL.md": pdf({ Usage: "Run\u200b it." }),
    "skills/csv/SKILL.md": skillText("csv", { Usage: "y" }),
  });
  const done = await update(withGit(project));
  expect(done.needsDecision).toBe(true);
  expect(done.data.updates.map((one) => one.state)).toEqual(["ready", "security"]);
  const [finding] = done.data.updates[1]?.findings ?? [];
  expect(finding).toMatchObject({ code: "hidden-width", path: "SKILL.md" });
  expect(finding?.lines[0]?.text).toContain("\\u{200B}");
  expect(project.read(skillPath)).toBe(pdf());
  expect((await audit(withGit(project))).data.findings).toMatchObject([
    { artifact: "skill/pdf", where: "update" },
  ]);
  await allow(withGit(project), {
    fingerprint: String(finding?.fingerprint),
    reason: "a soft break of theirs",
  });
  await update(withGit(project));
  expect(project.read(skillPath)).toBe(pdf({ Usage: "Run\u200b it." }));
});

test("programs, powers, a licence that changed: security, never part of a batch; shown and confirmed on adding", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf({}, "license: MIT\n") });
  using project = await projectWith(upstream);
  upstream.commit({
    "skills/pdf/SKILL.md": pdf({}, "license: Proprietary\nallowed-tools: Bash\n"),
    "skills/pdf/run.sh": "#!/bin/sh\n",
  });
  const [row] = (await outdated(withGit(project))).data.updates;
  expect(row?.state).toBe("security");
  expect(row?.findings.map((one) => one.code).sort()).toEqual(["executable", "licence", "power"]);
  using fresh = await TestProject.imported({ ".agents/rules/tone.md": "calm\n" });
  const sources = [`${upstream.url}//skills/pdf`];
  expect(await refusalOf(add(withGit(fresh), { sources }))).toMatchObject({ code: "E-CONFIRM" });
  await add(withGit(fresh), { sources, yes: true });
  expect((await info(withGit(fresh), { artifact: "skill/pdf" })).data.upstream).toMatchObject({
    licence: "Proprietary",
  });
});

test("names and links that leave their folder are refused and nothing of it is written (BUGS P1, X2, D5)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  upstream.git(
    "update-index",
    "--add",
    "--cacheinfo",
    `120000,${blobOf(upstream, "../../../etc/passwd")},skills/pdf/link`,
  );
  upstream.git("commit", "--quiet", "--message", "link");
  using project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n" });
  const before = treeOf(project.project);
  for (const path of ["skills/pdf"]) {
    const refusal = await refusalOf(
      add(withGit(project), { sources: [`${upstream.url}//${path}`], yes: true }),
    );
    expect(refusal).toMatchObject({ code: "E-SECURITY" });
  }
  for (const source of ["--upload-pack=touch x", "ext::sh -c id", "https://u:secret@example.org/x"]) {
    const refusal = await refusalOf(add(withGit(project), { sources: [source] }));
    expect(refusal).toMatchObject({ code: "E-USAGE" });
    expect(JSON.stringify(refusal)).not.toContain("secret@");
  }
  expect(treeOf(project.project)).toEqual(before);
  expect(fetchedLeftovers(project)).toEqual([]);
});

function blobOf(upstream: UpstreamRepository, text: string): string {
  writeFileSync(join(upstream.folder, ".git/link-target"), text);
  return upstream.git("hash-object", "-w", ".git/link-target");
}

test("nothing of a stranger's repository is run: no hook, no filter", async () => {
  using upstream = new UpstreamRepository({
    "skills/pdf/SKILL.md": pdf(),
    ".gitattributes": "* filter=evil\n",
  });
  using project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n" });
  const mark = join(project.folder, "ran");
  const hook = join(upstream.folder, ".git/hooks/post-upload-pack");
  writeFileSync(hook, `#!/bin/sh\ntouch ${mark}\n`);
  chmodSync(hook, 0o755);
  writeFileSync(
    join(project.folder, ".gitconfig"),
    `[filter "evil"]\n\tsmudge = touch ${mark}\n[core]\n\thooksPath = ${upstream.folder}/.git/hooks\n`,
  );
  await add(withGit(project), { sources: [`${upstream.url}//skills/pdf`] });
  expect(project.read(skillPath)).toBe(pdf());
  expect(() => readFileSync(mark)).toThrow(/ENOENT/);
});

test("a folder, another collection and a marketplace are sources as well", async () => {
  using upstream = new UpstreamRepository({
    ".claude-plugin/marketplace.json": JSON.stringify({
      name: "m",
      plugins: [
        { name: "tools", source: "./plugins/tools", version: "1.2.0", author: { name: "Vendor" } },
        { name: "far", source: { source: "url", url: "https://example.invalid/x.git" } },
      ],
    }),
    "plugins/tools/skills/pdf/SKILL.md": pdf(),
    "plugins/tools/commands/ship.md": "Ship it.\n",
  });
  using project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n" });
  using other = await TestProject.imported({
    ".agents/skills/csv/SKILL.md": skillText("csv", { Usage: "x" }),
  });
  const shown = await add(withGit(project), { sources: [`marketplace:${upstream.url}#tools`], list: true });
  expect(shown.data.offered.map((one) => one.artifact)).toEqual(["command/ship", "skill/pdf"]);
  await add(withGit(project), { sources: [`marketplace:${upstream.url}#tools`, other.project], all: true });
  expect(project.read(".agents/commands/ship.md")).toBe("Ship it.\n");
  expect(project.read(".agents/skills/csv/SKILL.md")).toBe(skillText("csv", { Usage: "x" }));
  upstream.commit({ "plugins/tools/skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  other.write(".agents/skills/csv/SKILL.md", skillText("csv", { Usage: "y" }));
  await update(withGit(project));
  expect(project.read(skillPath)).toBe(pdf({ Usage: "New." }));
  expect(project.read(".agents/skills/csv/SKILL.md")).toBe(skillText("csv", { Usage: "y" }));
});

import { chmodSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { addTarget, setSetting } from "../../src/app/config.ts";
import { type DoctorInput, doctor } from "../../src/app/doctor.ts";
import { TestProject } from "./test-project.ts";

const rule = ".agents/rules/tone.md";
const skill = (name: string) => `---\nname: ${name}\ndescription: d\n---\n`;

/** `severity code where`, of what is not fine. */
async function found(project: TestProject, input: DoctorInput = {}): Promise<readonly string[]> {
  const { data } = await doctor(project.environment, input);
  return data.checks
    .filter((one) => one.severity !== "ok" && one.code !== "D-FILE-SYSTEM")
    .map((one) => `${one.severity} ${one.code} ${one.where}`);
}

describe("doctor", () => {
  test("finds nothing in a good collection, and writes nothing", async () => {
    using project = await TestProject.imported({ [rule]: "calm\n" });
    const before = readdirSync(project.project, { recursive: true }).sort();
    expect(await found(project)).toEqual([]);
    expect(await found(project, { full: true })).toEqual([]);
    expect(readdirSync(project.project, { recursive: true }).sort()).toEqual(before);
  });

  test("works where there is neither collection nor store, and makes none", async () => {
    using project = new TestProject();
    expect(await found(project)).toEqual(["note D-COLLECTION null"]);
    expect(existsSync(project.environment.storeFolder)).toBe(false);
  });

  test("names runtimes that find each skill in two places, and only where there are skills", async () => {
    using project = await TestProject.imported({
      ".agents/skills/pdf/SKILL.md": `${skill("pdf")}Read.\n`,
    });
    for (const target of ["claude", "cursor"]) await addTarget(project.environment, { target });
    expect(await found(project)).toEqual(["note D-DUPLICATE cursor"]);
    using other = await TestProject.imported({ [rule]: "calm\n" });
    for (const target of ["claude", "cursor"]) await addTarget(other.environment, { target });
    expect(await found(other)).not.toContain("note D-DUPLICATE cursor");
  });

  test("names an older Node, with the command that helps", async () => {
    using project = new TestProject();
    const { data, next } = await doctor(project.environment, { nodeVersion: "20.11.0" });
    expect(data).toMatchObject({
      worst: "error",
      checks: [{ code: "D-NODE", severity: "error" }, {}, {}, {}],
    });
    expect(next).toEqual(["npx -p node@24 -p stet stet status"]);
  });

  test("names what is wrong with artifacts, each by its place", async () => {
    using project = await TestProject.imported({
      ".agents/agents/broken.md": "---\nname: [\n---\n",
      ".agents/rules/key.md": "token: ghp_abcdefghijklmnopqrstuvwxyz0123456789\n",
      ".agents/rules/merge.md": "<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> other\n",
      ".agents/skills/big/SKILL.md": skill("big"),
      ".agents/skills/big/data.bin": new Uint8Array(1_200_000),
      ".agents/skills/big/SKILL.md.bak": "old\n",
    });
    const lines = await found(project);
    expect(lines.slice(0, 2).sort()).toEqual([
      "error D-MARKERS rules/merge.md",
      "error D-SECRET rules/key.md line 1",
    ]);
    expect(lines).toContainEqual(expect.stringMatching(/^warning D-INVALID agent\/broken/));
    expect(lines).toContain("note D-LARGE skills/big/data.bin");
    expect(lines).toContain("warning D-LITTER skills/big/SKILL.md.bak");
    const { data } = await doctor(project.environment);
    expect(JSON.stringify(data)).not.toContain("ghp_abc");
  });

  test("names two artifacts that a runtime takes for one (BUGS F1)", async () => {
    using project = await TestProject.imported({
      ".agents/agents/one.md": skill("same"),
      ".agents/agents/two.md": skill("same"),
      ".claude/settings.json": "{}",
    });
    const lines = await found(project);
    expect(lines).toContain("warning D-NAME agent/one");
    expect(lines).toContain("warning D-NAME agent/two");
  });

  test("names a store that does not open, and looks at the collection all the same", async () => {
    using project = await TestProject.imported({ [rule]: "calm\n", ".agents/rules/a.md.bak": "x\n" });
    const file = openSync(join(project.environment.storeFolder, "store.db"), "r+");
    writeSync(file, Buffer.alloc(4096, 7), 0, 4096, 0);
    const lines = await found(project);
    expect(lines[0]).toMatch(/^error D-STORE /);
    expect(lines).toContain("warning D-LITTER rules/a.md.bak");
  });

  test("names a damaged file of settings, and a collection file that cannot be read", async () => {
    using project = await TestProject.imported({ [rule]: "calm\n" });
    await setSetting(project.environment, { key: "actor.name", value: "x" });
    writeFileSync(join(project.environment.storeFolder, "config.toml"), "[actor\n");
    project.write(".agents/stet/collection.toml", "format = \n");
    const lines = await found(project);
    expect(lines).toContainEqual(expect.stringMatching(/^warning D-SETTINGS /));
    expect(lines).toContainEqual(expect.stringMatching(/^error D-COLLECTION /));
  });

  test("names a store that others can read, and one in a git repository", async () => {
    using project = await TestProject.imported({ [rule]: "calm\n" });
    chmodSync(project.environment.storeFolder, 0o755);
    expect(await found(project)).toContainEqual(expect.stringMatching(/^warning D-STORE-PLACE /));
    chmodSync(project.environment.storeFolder, 0o700);
    mkdirSync(join(project.folder, ".git"));
    writeFileSync(join(project.folder, ".git/HEAD"), "ref: refs/heads/main\n");
    const { data } = await doctor(project.environment);
    expect(data.checks.find((one) => one.code === "D-STORE-PLACE")?.message).toContain("git repository");
  });

  test("names what git would commit though it is only for this machine", async () => {
    using project = await TestProject.imported({ [rule]: "calm\n" });
    mkdirSync(join(project.project, ".git"));
    writeFileSync(join(project.project, ".git/HEAD"), "ref: refs/heads/main\n");
    expect(await found(project)).toEqual([]);
    project.write(".agents/stet/.gitignore", "/local/\n");
    expect(await found(project)).toContainEqual(expect.stringMatching(/^warning D-GIT-IGNORE /));
  });

  test("names a runtime that is used and not carried to, and a target that is not known", async () => {
    using project = await TestProject.imported({ [rule]: "calm\n" });
    project.write(".codex/config.toml", "");
    const file = ".agents/stet/collection.toml";
    project.write(file, project.read(file).replace("targets = []", 'targets = ["elsewhere:project"]'));
    const { data } = await doctor(project.environment);
    expect(data.checks).toContainEqual(
      expect.objectContaining({
        code: "D-RUNTIME",
        fix: expect.objectContaining({ cmd: "stet config add-target codex" }),
      }),
    );
    expect(data.checks).toContainEqual(
      expect.objectContaining({ code: "D-TARGET", where: "elsewhere:project" }),
    );
  });

  test("names a clock that stands far behind the log", async () => {
    using project = await TestProject.imported({ [rule]: "calm\n" });
    project.now -= 5 * 3_600_000_000;
    expect(await found(project)).toEqual(["warning D-CLOCK null"]);
  });
});

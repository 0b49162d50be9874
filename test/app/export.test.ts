import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { du } from "../../src/app/du.ts";
import { exportFiles } from "../../src/app/export.ts";
import { initialise } from "../../src/app/init.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { refusalOf, TestProject } from "./test-project.ts";

const skill = ".agents/skills/pdf/SKILL.md";
const script = ".agents/skills/pdf/scripts/run.sh";
const files = {
  "AGENTS.md": "# House rules\n",
  [skill]: "---\nname: pdf\ndescription: d\n---\none\n",
  [script]: "#!/bin/sh\n",
  ".agents/agents/reviewer.md": "---\nname: reviewer\ndescription: d\n---\n",
};

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => !one.isDirectory())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .sort();
}

describe("export", () => {
  test("writes the collection as it lies in its project, byte for byte, with modes and links", async () => {
    using project = new TestProject(files);
    symlinkSync("SKILL.md", join(project.project, ".agents/skills/pdf/also.md"));
    await initialise(project.environment, { yes: true });
    const out = join(project.folder, "out");
    const { data } = await exportFiles(project.environment, { to: "../out" });
    expect(filesIn(out)).toEqual([...Object.keys(files), ".agents/skills/pdf/also.md"].sort());
    expect(data).toMatchObject({ folder: out, files: 5, skipped: [] });
    for (const [path, text] of Object.entries(files))
      expect(readFileSync(join(out, path), "utf8")).toBe(text);
    expect(lstatSync(join(out, script)).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(out, ".agents/skills/pdf/also.md"))).toBe("SKILL.md");
  });

  test("writes one artifact by its own paths, as it was at an earlier time", async () => {
    using project = await TestProject.imported(files);
    const second = await project.saved(skill, "second\n");
    await project.saved(skill, "third\n");
    const out = join(project.folder, "out");
    await exportFiles(project.environment, { to: out, artifact: "skill/pdf", at: second });
    expect(filesIn(out)).toEqual(["SKILL.md", "scripts/run.sh"]);
    expect(readFileSync(join(out, "SKILL.md"), "utf8")).toBe("second\n");
    await exportFiles(project.environment, { to: join(project.folder, "one"), artifact: "agent/reviewer" });
    expect(filesIn(join(project.folder, "one"))).toEqual(["reviewer.md"]);
  });

  test("never writes over anything, and fills an empty folder", async () => {
    using project = await TestProject.imported(files);
    const out = join(project.folder, "out");
    mkdirSync(out);
    await exportFiles(project.environment, { to: out });
    expect(filesIn(out)).toHaveLength(4);
    writeFileSync(join(out, "AGENTS.md"), "mine\n");
    const again = exportFiles(project.environment, { to: out });
    expect(await refusalOf(again)).toMatchObject({ code: "E-EXISTS" });
    expect(readFileSync(join(out, "AGENTS.md"), "utf8")).toBe("mine\n");
    const deep = exportFiles(project.environment, { to: join(project.folder, "no/such") });
    expect(await refusalOf(deep)).toMatchObject({ code: "E-NOT-FOUND" });
    expect(readdirSync(project.folder).sort()).toEqual(["home", "out", "project", "store"]);
  });

  test("leaves a file with a secret out, and says so", async () => {
    using project = await TestProject.imported({
      ...files,
      ".agents/rules/key.md": "token: ghp_abcdefghijklmnopqrstuvwxyz0123456789\n",
    });
    const out = join(project.folder, "out");
    const { data, needsDecision } = await exportFiles(project.environment, { to: out });
    expect(needsDecision).toBe(true);
    expect(data.skipped).toMatchObject([
      { what: "rules/key.md", reason: expect.stringContaining("stet allow ") },
    ]);
    expect(filesIn(out)).not.toContain(".agents/rules/key.md");
  });
});

describe("du", () => {
  test("counts an artifact's bytes now, and those of every version it ever had", async () => {
    using project = await TestProject.imported(files);
    await project.saved(skill, "1234567890\n");
    const { data } = await du(project.environment);
    const first = Buffer.byteLength(files[skill] ?? "");
    expect(data.artifacts.find((one) => one.artifact === "skill/pdf")).toEqual({
      artifact: "skill/pdf",
      files: 2,
      bytes: 11 + 10,
      versions: 3,
      historyBytes: first + 11 + 10,
    });
    expect(data.storeBytes).toBeGreaterThan(0);
  });

  test("counts what was removed as history", async () => {
    using project = await TestProject.imported(files);
    await removeArtifact(project.environment, { artifact: "agent/reviewer", yes: true });
    const { data } = await du(project.environment);
    expect(data.artifacts.find((one) => one.artifact === "agent/reviewer")).toMatchObject({
      files: 0,
      bytes: 0,
      versions: 1,
    });
  });
});

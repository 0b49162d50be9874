import { existsSync, lstatSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { doctor } from "../../src/app/doctor.ts";
import { importFound } from "../../src/app/import.ts";
import { initialise } from "../../src/app/init.ts";
import { listArtifacts } from "../../src/app/list.ts";
import { log } from "../../src/app/log.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { undo } from "../../src/app/undo.ts";
import { TestProject } from "./test-project.ts";

const skill = (name: string, more = "") =>
  `---\nname: ${name}\ndescription: Reads\n${more}---\n\nOne.\nTwo.\nThree.\n`;
const agent = "---\nname: reviewer\ndescription: Reviews\n---\n\nReview it.\n";

async function kept(project: TestProject): Promise<readonly string[]> {
  const { data } = await listArtifacts(project.environment);
  return data.artifacts.map(({ kind, name }) => `${kind}/${name}`);
}

async function rowsAt(project: TestProject, target: string): Promise<readonly string[]> {
  const { data } = await status(project.environment, {});
  return data.rows
    .filter((row) => row.target === target)
    .map(({ kind, name, state }) => `${kind}/${name} ${state}`);
}

function texts(plan: readonly { readonly sign: string; readonly text: string }[]): readonly string[] {
  return plan.map(({ sign, text }) => `${sign} ${text}`);
}

describe("stet import", () => {
  test("takes in what only a runtime has; equal copies are one, edited ones are ahead; undo takes it back", async () => {
    using project = new TestProject({ ".claude/skills/pdf/SKILL.md": skill("pdf") });
    await initialise(project.environment, { yes: true, root: ".agents" });
    project.write(".claude/agents/reviewer.md", agent);
    project.write(".claude/skills/docx/SKILL.md", skill("docx"));
    project.write(".cursor/skills/docx/SKILL.md", skill("docx").replace("Two.", "2."));
    const preview = await importFound(project.environment, { dryRun: true });
    expect(texts(preview.data.plan)).toEqual([
      "+ 1 agent, 1 skill copied from claude into .agents, as version 1",
      "? skill/docx: cursor differs from claude (86 % of the lines are the same)",
    ]);
    expect(await kept(project)).toEqual(["skill/pdf"]);
    await importFound(project.environment, { yes: true });
    expect(await kept(project)).toEqual(["agent/reviewer", "skill/docx", "skill/pdf"]);
    expect(await rowsAt(project, "claude:project")).not.toContain("skill/docx behind");
    await undo(project.environment, {});
    expect(await kept(project)).toEqual(["skill/pdf"]);
  });

  test("from one runtime alone; one that is not known is an error, and nothing is nothing", async () => {
    using project = new TestProject({ ".claude/skills/pdf/SKILL.md": skill("pdf") });
    await initialise(project.environment, { yes: true, root: ".agents" });
    project.write(".claude/skills/docx/SKILL.md", skill("docx"));
    project.write(".cursor/skills/xlsx/SKILL.md", skill("xlsx"));
    await importFound(project.environment, { from: ["cursor"], yes: true });
    expect(await kept(project)).toEqual(["skill/pdf", "skill/xlsx"]);
    await expect(importFound(project.environment, { from: ["vim"] })).rejects.toThrow(/runtime/);
    expect((await importFound(project.environment, { from: ["cursor"] })).data.operation).toBeNull();
  });

  test("an agent of OpenCode gets the name that others go by", async () => {
    const text = "---\ndescription: Reviews\nmode: subagent\n---\n\nReview it.\n";
    using project = new TestProject({ ".opencode/agents/reviewer.md": text });
    await initialise(project.environment, { yes: true });
    expect(project.read(".agents/agents/reviewer.md")).toMatch(/^name: reviewer$/m);
    expect(project.read(".opencode/agents/reviewer.md")).toBe(text);
    expect(await rowsAt(project, "opencode:project")).toEqual([]);
  });
});

/** What each tool leaves in a project, by its documentation, and the artifact that it keeps. */
const managed: readonly {
  readonly id: string;
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly artifact: string;
}[] = [
  {
    id: "rulesync",
    title: "rulesync",
    files: {
      "rulesync.jsonc": "{}",
      ".rulesync/subagents/reviewer.md": agent,
      ".claude/agents/reviewer.md": agent,
    },
    artifact: "agent/reviewer",
  },
  {
    id: "ruler",
    title: "Ruler",
    files: { ".ruler/skills/pdf/SKILL.md": skill("pdf"), ".claude/skills/pdf/SKILL.md": skill("pdf") },
    artifact: "skill/pdf",
  },
  {
    id: "apm",
    title: "APM",
    files: {
      "apm.yml": "name: x\n",
      "apm.lock.yaml":
        "dependencies:\n- repo_url: https://github.com/acme/tools\n  resolved_ref: v1\n  deployed_files:\n  - .claude/skills/pdf/\n",
      ".claude/skills/pdf/SKILL.md": skill("pdf"),
    },
    artifact: "skill/pdf",
  },
  {
    id: "npx-skills",
    title: "npx skills",
    files: {
      "skills-lock.json": JSON.stringify({
        version: 1,
        skills: { pdf: { source: "acme/skills", sourceType: "github", skillPath: "skills/pdf/SKILL.md" } },
      }),
      ".claude/skills/pdf/SKILL.md": skill("pdf"),
    },
    artifact: "skill/pdf",
  },
  {
    id: "gh-skill",
    title: "gh skill",
    files: {
      ".claude/skills/pdf/SKILL.md": skill(
        "pdf",
        "metadata:\n    github-path: skills/pdf\n    github-ref: refs/heads/main\n    github-repo: https://github.com/acme/skills\n    github-tree-sha: 7a8633b2cf8d7f4a0ee055cfc53e9821a26be2dd\n",
      ),
    },
    artifact: "skill/pdf",
  },
];

describe.each(managed)("what $title keeps", ({ id, title, files, artifact }) => {
  test("is only observed, with the reason, in the plan and in doctor; adopted it is as any other", async () => {
    using project = new TestProject({ ...files, ".claude/skills/mine/SKILL.md": skill("mine") });
    const { data } = await initialise(project.environment, { yes: true, root: ".agents" });
    const line = texts(data.plan).find((one) => one.includes(`kept by ${title}`));
    expect(line).toContain(`${artifact} is kept by ${title} (`);
    expect(line).toContain(`--adopt ${id} takes over`);
    expect(await kept(project)).toEqual(["skill/mine"]);
    await sync(project.environment, { direction: "both" });
    for (const [path, text] of Object.entries(files)) expect(project.read(path)).toBe(text);
    const { checks } = (await doctor(project.environment)).data;
    if (id !== "gh-skill") {
      const said = checks.filter(({ code }) => code === "D-OTHER").map(({ message }) => message);
      expect(said.join("\n")).toContain(`${title} is used here`);
    }
    const before = (await importFound(project.environment, { yes: true })).data;
    expect(before.observed.map((one) => one.artifact)).toEqual([artifact]);
    expect(before.operation).toBeNull();
    await importFound(project.environment, { adopt: [id], yes: true });
    expect(await kept(project)).toContain(artifact);
  });
});

test("what another tool keeps in the root itself has its history, and is carried nowhere until it is adopted", async () => {
  using project = new TestProject({
    "skills-lock.json": JSON.stringify({
      version: 1,
      skills: { pdf: { source: "acme/skills", sourceType: "github", skillPath: "skills/pdf/SKILL.md" } },
    }),
    ".agents/skills/pdf/SKILL.md": skill("pdf"),
    ".claude/settings.json": "{}",
  });
  await initialise(project.environment, { yes: true });
  expect(await kept(project)).toEqual(["skill/pdf"]);
  expect(project.read(".agents/stet/collection.toml")).toContain('artifact = "skill/pdf"\nby = "npx skills"');
  const [operation] = (await log(project.environment, { limit: 1 })).data.operations;
  expect(operation?.details).toMatchObject({ "from skill/pdf": "https://github.com/acme/skills skills/pdf" });
  await sync(project.environment, { direction: "both" });
  expect(await rowsAt(project, "claude:project")).toEqual(["skill/pdf blocked"]);
  expect(existsSync(join(project.project, ".claude/skills/pdf"))).toBe(false);
  await importFound(project.environment, { adopt: ["skill/pdf"], yes: true });
  await sync(project.environment, { direction: "both" });
  expect(project.read(".claude/skills/pdf/SKILL.md")).toBe(skill("pdf"));
});

test("a skill that is a link into a tree of its own is left alone, and said", async () => {
  using project = new TestProject({
    "vendor/skills/pdf/SKILL.md": skill("pdf"),
    ".claude/skills/mine/SKILL.md": skill("mine"),
  });
  const link = join(project.project, ".claude/skills/pdf");
  symlinkSync("../../vendor/skills/pdf", link);
  const { data } = await initialise(project.environment, { yes: true, root: ".agents" });
  expect(texts(data.plan).find((line) => line.includes("skill/pdf"))).toContain("a linked tree");
  await sync(project.environment, { direction: "both" });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(await kept(project)).toEqual(["skill/mine"]);
});

test("chezmoi's source claims what it writes into the home folder", async () => {
  using project = new TestProject({});
  project.write("../home/.local/share/chezmoi/private_dot_claude/agents/reviewer.md.tmpl", agent);
  project.write("../home/.claude/agents/reviewer.md", agent);
  project.write("../home/.claude/agents/mine.md", agent.replace("reviewer", "mine"));
  const { data } = await initialise(project.environment, { user: true, yes: true, root: ".agents" });
  expect(texts(data.plan).find((line) => line.includes("agent/reviewer"))).toContain("kept by chezmoi");
});

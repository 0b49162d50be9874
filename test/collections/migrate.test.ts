import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { migrate } from "../../src/app/migrate.ts";
import { outdated } from "../../src/app/outdated.ts";
import { undo } from "../../src/app/undo.ts";
import { update } from "../../src/app/update.ts";
import { refusalOf, TestProject } from "../app/test-project.ts";
import { skillText, UpstreamRepository } from "./upstream-repository.ts";

const first = { Usage: "Run it.", Notes: "None yet.", Output: "A file." };
const pdf = ".agents/skills/pdf/SKILL.md";
const manifest = ".agents/stet/collection.toml";
const lock = ".agents/stet/collection.lock";

function withGit(project: TestProject) {
  return project.with({ variables: { PATH: process.env.PATH, HOME: project.folder } });
}

/** Puts files into the home folder of a project. */
function atHome(project: TestProject, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(project.environment.homeFolder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

test("apm.yml of the project: what is here gets its source, what is not comes, and the rest is named", async () => {
  using upstream = new UpstreamRepository({
    "skills/pdf/SKILL.md": skillText("pdf", first),
    "skills/csv/SKILL.md": skillText("csv", first),
  });
  const edited = skillText("pdf", { ...first, Output: "A file in out/." });
  using project = await TestProject.imported({
    [pdf]: edited,
    "apm.yml": [
      "name: a",
      "version: 1.0.0",
      "dependencies:",
      "  apm:",
      `    - { git: "${upstream.url}", path: skills/pdf, ref: main }`,
      `    - { git: "${upstream.url}", path: skills/csv }`,
      `    - { git: "${upstream.url}", path: skills/nowhere }`,
      "  mcp: [io.example/files]",
    ].join("\n"),
  });
  const planned = await migrate(withGit(project), { dryRun: true });
  expect(planned.data.operation).toBeNull();
  const { data } = await migrate(withGit(project));
  expect(data.migrated).toMatchObject([
    { artifact: "skill/pdf", source: upstream.url, state: "edited" },
    { artifact: "skill/csv", source: upstream.url, state: "new" },
  ]);
  expect(data.migrated).toEqual(planned.data.migrated);
  expect(data.left.map(({ what }) => what)).toEqual(["mcp: io.example/files", "skill/nowhere"]);
  expect(project.read(pdf)).toBe(edited);
  expect(project.read(".agents/skills/csv/SKILL.md")).toBe(skillText("csv", first));
  expect(project.read(manifest)).toContain('[upstream."skill/pdf"]');
  upstream.commit({ "skills/pdf/SKILL.md": skillText("pdf", { ...first, Usage: "Run it twice." }) });
  await update(withGit(project));
  expect(project.read(pdf)).toBe(
    skillText("pdf", { ...first, Usage: "Run it twice.", Output: "A file in out/." }),
  );
  expect(readdirSync(join(project.environment.storeFolder, "fetching"))).toEqual([]);
  const again = await migrate(withGit(project));
  expect(again.data.migrated).toEqual([]);
});

test("what the GitHub CLI wrote into a skill is no edit of it, and goes; undo brings all back (BUGS U3)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": skillText("pdf", first) });
  const published = skillText("pdf", first);
  const installed = published.replace(
    "---\n\n",
    `metadata:\n    github-path: skills/pdf\n    github-ref: refs/heads/main\n    github-repo: https://github.com/acme/catalog\n---\n\n`,
  );
  using project = await TestProject.imported({ [pdf]: installed });
  // The address that the note gives stands for the repository of the test.
  const variables = {
    PATH: process.env.PATH,
    HOME: project.folder,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${upstream.url}.insteadOf`,
    GIT_CONFIG_VALUE_0: "https://github.com/acme/catalog",
  };
  const environment = project.with({ variables });
  const { data } = await migrate(environment);
  expect(data.migrated).toMatchObject([
    { artifact: "skill/pdf", state: "as-published", source: "https://github.com/acme/catalog" },
  ]);
  expect(project.read(pdf)).toBe(published);
  expect((await outdated(environment)).data.updates).toMatchObject([{ state: "current" }]);
  await undo(environment);
  expect(project.read(pdf)).toBe(installed);
  expect(project.read(manifest)).not.toContain("upstream");
});

test("a SkillMeat collection moves here: sources, edits made there, one's own artifacts", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": skillText("pdf", first) });
  using project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n" });
  const edited = skillText("pdf", { ...first, Output: "A file in out/." });
  const commit = upstream.git("rev-parse", "HEAD");
  atHome(project, {
    "skillmeat/collection.toml": [
      '[collection]\nname = "default"\n',
      `[[artifacts]]\nname = "pdf"\ntype = "skill"\npath = "skills/pdf"\norigin = "github"\nupstream = "https://github.com/acme/catalog/tree/${commit}/skills/pdf"\nversion_spec = "latest"\n`,
      '[[artifacts]]\nname = "mine"\ntype = "command"\npath = "commands/mine.md"\norigin = "local"\n',
      '[[artifacts]]\nname = "gone"\ntype = "agent"\npath = "agents/gone.md"\norigin = "local"\n',
    ].join("\n"),
    "skillmeat/collection.lock": `[lock]\nversion = "1.0.0"\n[lock.entries."pdf::skill"]\ncontent_hash = "x"\nfetched = "2026-01-01T00:00:00"\nresolved_sha = "${commit}"\n`,
    "skillmeat/skills/pdf/SKILL.md": edited,
    "skillmeat/commands/mine.md": "Do it.\n",
  });
  upstream.commit({ "skills/pdf/SKILL.md": skillText("pdf", { ...first, Usage: "Run it twice." }) });
  const variables = {
    PATH: process.env.PATH,
    HOME: project.folder,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${upstream.url}.insteadOf`,
    GIT_CONFIG_VALUE_0: "https://github.com/acme/catalog",
  };
  const environment = project.with({ variables });
  const { data } = await migrate(environment, { places: ["~/skillmeat"] });
  expect(data.migrated).toMatchObject([
    { artifact: "skill/pdf", state: "edited" },
    { artifact: "command/mine", source: null, state: "new" },
  ]);
  expect(data.left).toEqual([{ what: "agent/gone", why: "its files are not at agents/gone.md" }]);
  expect(project.read(pdf)).toBe(edited);
  expect(project.read(".agents/commands/mine.md")).toBe("Do it.\n");
  expect(project.read(lock)).toContain(commit);
  expect(project.read(lock)).not.toContain("command/mine");
  await update(environment);
  expect(project.read(pdf)).toBe(
    skillText("pdf", { ...first, Usage: "Run it twice.", Output: "A file in out/." }),
  );
});

test("plugins of Claude Code, from their marketplace; what hides text is left, and what can act is confirmed", async () => {
  using upstream = new UpstreamRepository({
    ".claude-plugin/marketplace.json": JSON.stringify({
      name: "tools",
      plugins: [{ name: "helper", source: "./helper" }],
    }),
    "helper/skills/pdf/SKILL.md": skillText("pdf", first),
    "helper/skills/bad/SKILL.md": skillText("bad", { Usage: "Run\u200B it." }),
    "helper/agents/doer.md": "---\nname: doer\ndescription: Does.\nhooks:\n  Stop: x\n---\nDo.\n",
  });
  using project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n" });
  atHome(project, {
    ".claude/plugins/installed_plugins.json": JSON.stringify({
      version: 2,
      plugins: { "helper@tools": [{ scope: "user", version: "1.0.0" }] },
    }),
    ".claude/plugins/known_marketplaces.json": JSON.stringify({
      tools: { source: { source: "git", url: upstream.url } },
    }),
  });
  const places = ["~/.claude/plugins"];
  expect(await refusalOf(migrate(withGit(project), { places }))).toMatchObject({ code: "E-CONFIRM" });
  expect(project.read(manifest)).not.toContain("upstream");
  const { data } = await migrate(withGit(project), { places, yes: true });
  expect(data.migrated.map(({ artifact }) => artifact).sort()).toEqual(["agent/doer", "skill/pdf"]);
  expect(data.left).toMatchObject([{ what: "skill/bad", why: expect.stringContaining("hidden character") }]);
});

test("nothing there, and a damaged file", async () => {
  using project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n", "broken/apm.yml": "a: [" });
  expect(await refusalOf(migrate(withGit(project), { places: ["nowhere"] }))).toMatchObject({
    code: "E-NOT-FOUND",
  });
  expect(await refusalOf(migrate(withGit(project), { places: ["broken"] }))).toMatchObject({
    code: "E-INVALID",
  });
  expect((await migrate(withGit(project))).data).toMatchObject({
    migrated: [],
    left: [],
    operation: null,
  });
});

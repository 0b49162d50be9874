import { appendFileSync, cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { cat } from "../../src/app/cat.ts";
import { initialise } from "../../src/app/init.ts";
import { listArtifacts } from "../../src/app/list.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { verify } from "../../src/app/verify.ts";
import { makeWorld, treeOf, type World } from "../app/fixture.ts";
import { corpusFolder, corpusProjects, isCorpusThere } from "./corpus.ts";

const kinds = ["skills/", "agents/", "commands/", "rules/"];

/** The files of a folder that are artifacts' or lie beside them, without what stet itself keeps there. */
function kept(folder: string): Map<string, string> {
  return new Map([...treeOf(folder)].filter(([path]) => kinds.some((kind) => path.startsWith(kind))));
}

describe.skipIf(!isCorpusThere())("every project of the corpus", () => {
  const worlds: World[] = [];
  afterEach(() => {
    for (const world of worlds.splice(0)) world.dispose();
  });

  test("import, sync and pull leave store, root and target equal to the source, byte for byte", async () => {
    const world = makeWorld();
    worlds.push(world);
    const projects = corpusProjects();
    expect(projects.length).toBeGreaterThan(90);
    for (const project of projects) {
      const base = join(world.folder, project.name);
      mkdirSync(join(base, ".codex"), { recursive: true });
      project.copyTo(join(base, ".claude"));
      const environment = world.with({ workingFolder: base });
      const source = kept(join(base, ".claude"));

      await initialise(environment, { root: ".agents", yes: true });
      await sync(environment, { direction: "both" });
      expect(kept(join(base, ".claude")), project.name).toEqual(source);
      expect(onlyArtifacts(kept(join(base, ".agents"))), project.name).toEqual(onlyArtifacts(source));

      const again = await sync(environment, { direction: "both" });
      expect(again.data.operation, `${project.name}: the second sync writes nothing`).toBeNull();
      const pulled = await sync(environment, { direction: "pull" });
      expect(pulled.data.operation, `${project.name}: there is nothing to pull`).toBeNull();
    }
    expect((await verify(world.environment)).data.problems).toEqual([]);
  }, 600_000);

  test("an edit of a target comes back into the root, and into the other runtime", async () => {
    const world = makeWorld();
    worlds.push(world);
    mkdirSync(join(world.project, ".codex"));
    cpSync(join(corpusFolder, "wshobson-agents/backend-development"), join(world.project, ".claude"), {
      recursive: true,
    });
    await initialise(world.environment, { root: ".agents", yes: true });
    await sync(world.environment, { direction: "both" });
    const edited = join(world.project, ".claude/agents/test-automator.md");
    appendFileSync(edited, "\nA line by hand.\n");
    await sync(world.environment, { direction: "both" });
    expect(world.read(".agents/agents/test-automator.md")).toBe(
      world.read(".claude/agents/test-automator.md"),
    );
    expect(world.read(".codex/agents/test-automator.toml")).toContain("A line by hand.");
    const { bytes } = (await cat(world.environment, { what: "agent/test-automator" })).data;
    expect(new TextDecoder().decode(bytes)).toBe(world.read(".claude/agents/test-automator.md"));
  });

  test("all of them in one project: every clash of names is reported, nothing is lost", async () => {
    const world = makeWorld();
    worlds.push(world);
    mkdirSync(join(world.project, ".codex"));
    for (const project of corpusProjects()) gather(world, project.name, project.copyTo);
    const source = kept(join(world.project, ".claude"));
    await initialise(world.environment, { root: ".agents", yes: true });
    await sync(world.environment, { direction: "both" });
    expect(kept(join(world.project, ".claude"))).toEqual(source);
    expect(onlyArtifacts(kept(join(world.project, ".agents")))).toEqual(onlyArtifacts(source));

    const { rows } = (await status(world.environment, {})).data;
    const blocked = rows.filter((row) => row.state === "blocked");
    const { artifacts } = (await listArtifacts(world.environment)).data;
    const twins = twinsByDeclaredName(artifacts);
    expect(twins.length).toBeGreaterThan(24);
    for (const twin of twins) {
      const row = blocked.find((one) => one.name === twin.name && one.kind === twin.kind);
      expect(row, `${twin.kind}/${twin.name} shares the name ${twin.declaredName}`).toBeDefined();
    }
    expect((await verify(world.environment)).data.problems).toEqual([]);
  }, 600_000);
});

/** Puts a project beside the others: agents, commands in a folder of its name, skills under a name of their own. */
function gather(world: World, name: string, copyTo: (folder: string) => void): void {
  const apart = join(world.folder, "apart", name);
  copyTo(apart);
  for (const path of treeOf(apart).keys()) {
    const [kind = "", first = "", ...rest] = path.split("/");
    const target = kind === "skills" ? ["skills", `${name}-${first}`, ...rest] : [kind, name, first, ...rest];
    const to = join(world.project, ".claude", ...target);
    mkdirSync(join(to, ".."), { recursive: true });
    cpSync(join(apart, path), to);
  }
}

function onlyArtifacts(tree: Map<string, string>): Map<string, string> {
  return new Map([...tree].filter(([path]) => path.startsWith("skills/") || path.endsWith(".md")));
}

interface Named {
  readonly kind: string;
  readonly name: string;
  readonly declaredName: string | null;
}

/** Agents that declare one name: Claude Code and Codex go by it, so that one would hide the other. */
function twinsByDeclaredName<Artifact extends Named>(artifacts: readonly Artifact[]): readonly Artifact[] {
  const agents = artifacts.filter((one) => one.kind === "agent" && one.declaredName !== null);
  return agents.filter((one) =>
    agents.some((other) => other !== one && other.declaredName === one.declaredName),
  );
}

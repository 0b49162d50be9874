import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { listArtifacts } from "../../src/app/list.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { makeWorld, type World } from "./fixture.ts";

let world: World;
afterEach(() => world.dispose());

test("an AGENTS.md inside a skill belongs to the skill, in the root and in a runtime's copy (BUGS F7)", async () => {
  world = makeWorld();
  const skill = "---\nname: lamp\ndescription: Use when it is dark.\n---\n\nTurn it on.\n";
  world.write(".agents/skills/lamp/SKILL.md", skill);
  world.write(".agents/skills/lamp/AGENTS.md", "Only inside the skill.\n");
  world.write("docs/AGENTS.md", "Of the folder docs.\n");
  world.write(".claude/settings.json", "{}");
  await initialise(world.environment, { yes: true, root: ".agents" });
  await sync(world.environment, { direction: "both", yes: true });
  expect(world.read(".claude/skills/lamp/AGENTS.md")).toBe("Only inside the skill.\n");

  const names = async () => {
    const { data } = await listArtifacts(world.environment);
    return data.artifacts.map(({ kind, name }) => `${kind}/${name}`);
  };
  expect(await names()).toEqual(["rule/docs/AGENTS", "skill/lamp"]);
  rmSync(join(world.project, ".claude/skills/lamp"), { recursive: true });
  const { data } = await status(world.environment);
  expect(data.rows.map(({ name, state }) => `${name} ${state}`)).toEqual(["lamp missing"]);
  expect(await names()).toEqual(["rule/docs/AGENTS", "skill/lamp"]);
});

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, expectTypeOf, test } from "vitest";
import { saveEdited } from "../../src/app/edit.ts";
import { initialise } from "../../src/app/init.ts";
import type { StatusRow } from "../../src/app/outcomes.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import type { Drift, Reason } from "../../src/runtimes/drift/drift-state.ts";
import { makeWorld } from "../app/fixture.ts";

const agent = (name: string, text: string) => `---\nname: ${name}\ndescription: does it\n---\n\n${text}\n`;

test("every state comes with its reason, and none can be made without (P7)", async () => {
  expectTypeOf<Drift["reason"]>().toEqualTypeOf<Reason>();
  expectTypeOf<"">().not.toExtend<Reason>();
  expectTypeOf<string>().not.toExtend<Reason>();

  const world = makeWorld();
  try {
    const { environment } = world;
    const names = ["agreed", "behind", "ahead", "diverged", "removed", "conflict"];
    for (const name of names) world.write(`.agents/agents/${name}.md`, agent(name, "first"));
    world.write(".agents/skills/native/SKILL.md", agent("native", "a skill"));
    world.write(".agents/commands/unsupported.md", agent("unsupported", "a command"));
    for (const path of [".claude/settings.json", ".codex/config.toml"]) world.write(path, "");
    await initialise(environment, { yes: true, root: ".agents" });
    await sync(environment, { direction: "push" });

    for (const name of ["behind", "diverged"]) world.write(`.agents/agents/${name}.md`, agent(name, "here"));
    for (const name of ["ahead", "diverged"]) world.write(`.claude/agents/${name}.md`, agent(name, "there"));
    world.remove(".claude/agents/removed.md");
    world.write(".claude/agents/extra.md", agent("extra", "the user's own"));
    const artifact = "agent/conflict";
    const base = `sha256:${"0".repeat(64)}`;
    await saveEdited(environment, { artifact, base, text: agent("conflict", "from nowhere") });
    symlinkSync("/etc/hostname", join(world.project, ".claude/agents/linked.md"));

    const { data } = await status(environment, { all: true });
    const states = new Map<string, StatusRow["reason"][]>();
    for (const { state, reason } of data.rows) states.set(state, [...(states.get(state) ?? []), reason]);
    expect([...states.keys()].sort()).toEqual(
      [
        "ahead",
        "behind",
        "blocked",
        "diverged",
        "extra",
        "in-sync",
        "missing",
        "native",
        "unsupported",
      ].sort(),
    );
    for (const reason of [...states.values()].flat()) expect(reason.trim().length).toBeGreaterThan(10);
  } finally {
    world.dispose();
  }
});

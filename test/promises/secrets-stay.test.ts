import { expect, test } from "vitest";
import { createArtifact } from "../../src/app/create.ts";
import { initialise } from "../../src/app/init.ts";
import { status } from "../../src/app/status.ts";
import { sync } from "../../src/app/sync.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { makeWorld, treeOf } from "../app/fixture.ts";

// In two parts, so that nothing takes this file for one that holds a secret.
const secret = ["npm", "_", "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5"].join("");
const text = `---\nname: thing\ndescription: does it\n---\n\nUse ${secret}\n`;

test("a secret is kept on this machine, carried to no runtime, and refused where it is submitted (P1; BUGS X1)", async () => {
  const world = makeWorld();
  try {
    world.write(".agents/agents/thing.md", text);
    world.write(".claude/settings.json", "{}\n");
    world.write(".codex/config.toml", "");
    await initialise(world.environment, { yes: true, root: ".agents" });
    await sync(world.environment, { direction: "both" });
    const targets = [...treeOf(world.project).keys()].filter((path) =>
      /^\.(claude|codex)\/agents\//.test(path),
    );
    expect(targets).toEqual([]);
    const { data } = await status(world.environment, { all: true });
    const row = data.rows.find((one) => one.target === "claude:project");
    expect(row).toMatchObject({ state: "blocked", reason: expect.stringContaining("looks like a secret") });
    expect(JSON.stringify(data)).not.toContain(secret);

    const content = `${text}again\n`;
    const submitted = createArtifact(world.environment, { artifact: "agent/other", content });
    await expect(submitted).rejects.toMatchObject({ code: "E-SECRET" });
    expect([...treeOf(world.project).values()]).not.toContain(
      blobId(new TextEncoder().encode(content)).slice("sha256:".length),
    );
  } finally {
    world.dispose();
  }
});

test("an artifact with a secret is not copied into the root by init, and is named (BUGS X1)", async () => {
  const world = makeWorld();
  try {
    world.write(".claude/agents/thing.md", text);
    world.write(".claude/agents/plain.md", "---\nname: plain\ndescription: holds nothing\n---\n\nWork.\n");
    world.write(".codex/config.toml", "");
    const { notices } = await initialise(world.environment, { yes: true, root: ".agents" });
    const root = [...treeOf(world.project).keys()].filter((path) => path.startsWith(".agents/agents/"));
    expect(root).toEqual([".agents/agents/plain.md"]);
    expect(world.read(".claude/agents/thing.md")).toBe(text);
    expect(notices.map((one) => one.text).join("\n")).toContain("agent/thing was not copied");
    expect(JSON.stringify(notices)).not.toContain(secret);
  } finally {
    world.dispose();
  }
});

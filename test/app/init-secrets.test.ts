import { expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { makeWorld } from "./fixture.ts";

// Put together here, so that nobody who scans this file takes it for a real one.
const token = ["ghp", "03wpnh26d2w5fjdtqwge4jws2icl9h7mst4y"].join("_");

test("init names the files that hold a secret, in the root, and those that it therefore did not copy into it (BUGS X1)", async () => {
  const world = makeWorld();
  try {
    world.write(".agents/skills/pdf/SKILL.md", `token: ${token}\n`);
    world.write(".claude/agents/reviewer.md", `---\nname: reviewer\n---\n\nUse ${token}.\n`);
    world.write(".agents/skills/tidy/SKILL.md", "nothing to hide\n");
    const { notices } = await initialise(world.environment, { yes: true });
    const found = notices.filter((one) => one.code === "W-SECRET").map(({ text }) => text);
    expect(found).toEqual([
      expect.stringMatching(/^\.claude\/agents\/reviewer\.md .* agent\/reviewer was not copied$/),
      expect.stringMatching(/^skills\/pdf\/SKILL\.md line 1 /),
    ]);
    expect(JSON.stringify(notices)).not.toContain(token);
  } finally {
    world.dispose();
  }
});

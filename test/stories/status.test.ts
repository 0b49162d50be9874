import { describe, expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

describe("status", () => {
  test("after the import everything matches, and --exit-code agrees", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("status"))).toMatchInlineSnapshot(`
      "$ stet status
      4 artifacts in .agents · claude, codex
        – 1 artifact unsupported by codex:project (stet status --all)
      ✓ Everything matches.
      --- exit 0"
    `);
    expect(story.show(await story.stet("status", "--all"))).toMatchInlineSnapshot(`
      "$ stet status --all
      4 artifacts in .agents · claude, codex
        ✓ in sync      agent/reviewer      claude:project  neither side has changed since they agreed
        ✓ in sync      command/shop/brief  claude:project  neither side has changed since they agreed
        ✓ native       rule/AGENTS         claude:project  Claude Code reads AGENTS.md itself
        ✓ in sync      skill/copy          claude:project  neither side has changed since they agreed
        ✓ in sync      agent/reviewer      codex:project   neither side has changed since they agreed
        – unsupported  command/shop/brief  codex:project   Codex has no commands in a project, and its prompts in the home folder are deprecated; as-skill in collection.toml writes them as skills
        ✓ native       rule/AGENTS         codex:project   Codex reads AGENTS.md itself
        ✓ native       skill/copy          codex:project   Codex reads .agents/skills itself
      ✓ Everything matches.
      --- exit 0"
    `);
  });

  test("an edited canonical file is named with its targets and the reason", async () => {
    await using story = await importedLampShop();
    await story.write(canonical.agent, (await story.read(canonical.agent)).replace("twice", "two times"));
    expect(story.show(await story.stet("status"))).toMatchInlineSnapshot(`
      "$ stet status
      4 artifacts in .agents · claude, codex
        ↓ behind  agent/reviewer  claude:project  changed in the store: .claude/agents/reviewer.md
        ↓ behind  agent/reviewer  codex:project   changed in the store: .codex/agents/reviewer.toml
        – 1 artifact unsupported by codex:project (stet status --all)
      --- on standard error
      Next: stet sync
      --- exit 0"
    `);
    expect((await story.stet("status", "--exit-code")).exit).toBe(3);
  });

  test("an edited copy of a runtime is ahead", async () => {
    await using story = await importedLampShop();
    const path = ".claude/agents/reviewer.md";
    await story.write(path, (await story.read(path)).replace("twice", "two times"));
    const { rows } = dataOf(await story.stet("status", "--json"));
    expect(rows).toContainEqual({
      kind: "agent",
      name: "reviewer",
      target: "claude:project",
      state: "ahead",
      reason: expect.stringMatching(/\w/),
    });
  });

  test("the shape that others rely on; no row without a reason", async () => {
    await using story = await importedLampShop();
    const data = dataOf(await story.stet("status", "--json", "--all"));
    expect(Object.keys(data).sort()).toEqual(["collections", "conflicts", "pending", "rows", "targets"]);
    const rows = Array.isArray(data.rows) ? data.rows : [];
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row.reason).toMatch(/\w/);
  });
});

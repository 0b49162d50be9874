import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("list names every artifact as other commands take it", async () => {
  await using story = await importedLampShop();
  expect(story.show(await story.stet("list"))).toMatchInlineSnapshot(`
    "$ stet list
    agent/reviewer      1 file   Reviews changes to the checkout.
    command/shop/brief  1 file   Write a brief
    rule/AGENTS         1 file
    skill/copy          2 files  Write the text of a page.
    --- on standard error
    Next: stet status  ·  stet log
    --- exit 0"
  `);
});

test("one kind, in singular or plural", async () => {
  await using story = await importedLampShop();
  const { artifacts } = dataOf(await story.stet("list", "skills", "--json"));
  expect(artifacts).toMatchObject([{ kind: "skill", name: "copy", declaredName: "copy", files: 2 }]);
  expect((await story.stet("list", "skill")).stdout).toBe((await story.stet("list", "skills")).stdout);
  expect((await story.stet("list", "lamp")).exit).toBe(2);
});

test("an artifact that does not parse is listed with its problem", async () => {
  await using story = await importedLampShop({ ".claude/agents/odd.md": "---\nname: [\n---\n\nBody.\n" });
  expect((await story.stet("list", "agent")).stdout).toMatchInlineSnapshot(`
    "agent/odd       1 file  line 1: the field \`description\` is missing, by which a runtime chooses it; line 2: \`name\`: has characters other than letters, digits and hyphens; line 3: read by quoting plain text, which not every runtime does: Flow sequence in block collection must be sufficiently indented and end with a ]
    agent/reviewer  1 file  Reviews changes to the checkout.
    "
  `);
});

test("the whole collection is read as of any operation or time, and nothing is written", async () => {
  await using story = await importedLampShop();
  const { operation } = dataOf(await story.build("rm", "agent/reviewer", "--yes", "--json"));
  const shown = { operations: [{ id: "", at: "" }], ...dataOf(await story.build("log", "--json")) };
  const imported = shown.operations.at(-1);
  await story.write(".agents/agents/later.md", "---\ndescription: Comes later.\n---\n\nBody.\n");
  const agents = async (at: string) => (await story.build("list", "agent", "--at", at)).stdout;
  expect(await agents(imported?.id ?? "")).toContain("agent/reviewer  1 file  Reviews changes");
  expect(await agents(imported?.at ?? "")).toContain("agent/reviewer");
  expect(await agents(String(operation))).toBe("No artifacts then.\n");
  expect(await agents("2001-01-01")).toBe("No artifacts then.\n");
  expect((await story.build("blame", "agent/reviewer", "--at", imported?.id ?? "")).stdout).toContain(
    "100 %",
  );
  expect(dataOf(await story.build("log", "-n", "1", "--json"))).toMatchObject({
    operations: [{ kind: "capture", changes: [{ path: "agents/later.md" }] }],
  });
});

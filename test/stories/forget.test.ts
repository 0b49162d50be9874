import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf, errorOf } from "./story.ts";

const leaked = "the words that should never have been here";

test("what is forgotten is gone for good; --yes does not stand for typing it", async () => {
  await using story = await importedLampShop();
  const clean = await story.read(".agents/agents/reviewer.md");
  await story.write(".agents/agents/reviewer.md", `${clean}${leaked}\n`);
  const saved = dataOf(await story.build("save", "--json"));
  await story.write(".agents/agents/reviewer.md", clean);
  await story.build("save");
  const what = `agent/reviewer@${saved.operation}`;
  expect((await story.build("cat", what)).stdout).toContain(leaked);

  const refused = await story.stet("forget", what, "--yes", "--json");
  expect(errorOf(refused)).toMatchObject({ code: "E-CONFIRM" });
  expect((await story.build("cat", what)).stdout).toContain(leaked);

  await story.build("forget", what, "--type", what);
  const gone = await story.stet("cat", what);
  expect(gone.exit).toBe(1);
  expect(gone.stdout + gone.stderr).not.toContain(leaked);
  expect(await story.read(".agents/agents/reviewer.md")).toBe(clean);
  expect((await story.stet("verify")).exit).toBe(0);
});

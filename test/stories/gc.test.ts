import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("gc leaves every version readable and the store sound", async () => {
  await using story = await importedLampShop();
  const before = (await story.build("cat", "agent/reviewer")).stdout;
  for (let round = 0; round < 25; round++) {
    await story.write(".agents/agents/reviewer.md", `${before}\nRound ${round}.\n`);
    await story.build("save");
  }
  const { objects } = dataOf(await story.build("gc", "--json"));
  expect(objects).toBeGreaterThan(0);
  expect((await story.build("cat", "agent/reviewer")).stdout).toBe(`${before}\nRound 24.\n`);
  const { stdout } = await story.build("log", "agent/reviewer", "-n", "100", "--json");
  const first = JSON.parse(stdout).data.operations.at(-1).id;
  expect((await story.build("cat", `agent/reviewer@${first}`)).stdout).toBe(before);
  expect((await story.stet("verify")).exit).toBe(0);
});

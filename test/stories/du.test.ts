import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("du tells what each artifact takes, with its history", async () => {
  await using story = await importedLampShop();
  await story.write(canonical.command, "Write a long brief for $1.\n");
  await story.build("save");
  const told = await story.stet("du");
  expect(told.stdout).toMatch(/B {2}now 27 B {3}2 contents {2}command\/shop\/brief/);
  const { artifacts } = dataOf(await story.stet("du", "--json"));
  expect(artifacts).toContainEqual({
    artifact: "command/shop/brief",
    files: 1,
    bytes: 27,
    versions: 2,
    historyBytes: 27 + 60,
  });
});

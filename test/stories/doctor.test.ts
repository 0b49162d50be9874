import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf, Story } from "./story.ts";

test("doctor finds nothing wrong with a project that was just imported", async () => {
  await using story = await importedLampShop();
  const told = await story.stet("doctor", "--json");
  expect(dataOf(told)).not.toMatchObject({ worst: "error" });
  expect(told.exit).toBe(0);
});

test("leftovers of a git merge are named, with a command that helps", async () => {
  await using story = await importedLampShop();
  await story.write(".agents/commands/ship.md", "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n");
  const { checks } = dataOf(await story.stet("doctor", "--json"));
  expect(checks).toContainEqual(
    expect.objectContaining({
      where: expect.stringContaining("ship.md"),
      message: expect.stringMatching(/\w/),
    }),
  );
});

test("it works where there is no collection", async () => {
  await using story = await Story.begin({});
  const told = await story.stet("doctor");
  expect(told.stdout).toContain("There is no collection here yet.");
});

import { expect, test } from "vitest";
import { canonical, importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

test("watch records an edit as nobody's that is known, and Ctrl-C ends it with a count", async () => {
  await using story = await importedLampShop();
  const told = await story.stetWith(
    {
      meanwhile: async (child) => {
        let said = "";
        const until = (words: string) =>
          new Promise<void>((resolve) => {
            const look = () => {
              if (said.includes(words) || child.exitCode !== null) resolve();
              else child.stderr?.once("data", look);
            };
            look();
          });
        child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString("utf8")));
        await until("watching");
        await story.write(canonical.skill, "# Copy\n\nBe brief.\n");
        await until("recorded");
        child.kill("SIGINT");
      },
    },
    "watch",
  );
  expect(story.show(told)).toMatchInlineSnapshot(`
    "$ stet watch
    Recorded 1 change.
    --- on standard error
    watching; Ctrl-C ends it
    recorded skills/copy/SKILL.md
    --- exit 130"
  `);
  const { operations } = dataOf(await story.build("log", "--json", "-n", "1"));
  expect(operations).toMatchObject([
    { kind: "capture", actor: { kind: "unknown" }, changes: [{ path: "skills/copy/SKILL.md" }] },
  ]);
  expect(await story.read(canonical.skill)).toBe("# Copy\n\nBe brief.\n");
});

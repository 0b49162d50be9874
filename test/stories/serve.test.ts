import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import type { CallExtras, Story, Told } from "./story.ts";

/** Starts a server, does something with it once it says where it is, and ends it as a person would. */
async function whileServing(
  story: Story,
  words: readonly string[],
  work: (said: string) => Promise<void>,
  until = "Ctrl-C",
): Promise<Told> {
  const meanwhile: CallExtras["meanwhile"] = async (child) => {
    let said = "";
    await new Promise<void>((resolve) => {
      child.on("close", () => resolve());
      child.stderr?.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
        if (said.includes(until)) resolve();
      });
    });
    try {
      await work(said);
    } finally {
      child.kill("SIGINT");
    }
  };
  return await story.stetWith({ meanwhile }, ...words);
}

const addressIn = (said: string) => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";

test("serve answers the API of the project until Ctrl-C", async () => {
  await using story = await importedLampShop();
  const told = await whileServing(story, ["serve", "--port", "0"], async (said) => {
    const answer = await fetch(`${addressIn(said)}/api/context/skills/copy`);
    expect(await answer.json()).toMatchObject({ name: "copy", scope: "project" });
  });
  expect(story.show(told).replace(/127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")).toMatchInlineSnapshot(`
    "$ stet serve --port 0
    Stopped.
    --- on standard error
    serving at http://127.0.0.1:<port>; Ctrl-C ends it
    --- exit 130"
  `);
});

test("open gives a link that is good once, also of a server that runs already", async () => {
  await using story = await importedLampShop();
  await whileServing(story, ["serve", "--port", "0"], async () => {
    const told = await story.stet("open", "--no-browser");
    expect(told.exit).toBe(0);
    const link = /http:\S+\?token=\S+/.exec(told.stderr)?.[0] ?? "";
    const entered = await fetch(link, { redirect: "manual" });
    expect(entered.headers.get("set-cookie")).toContain("HttpOnly");
    expect((await fetch(link, { redirect: "manual" })).headers.get("set-cookie")).toBeNull();
  });
});

test("two servers on one store: of two saves with one mtime_ns exactly one is saved", async () => {
  await using story = await importedLampShop();
  await whileServing(story, ["serve", "--port", "0"], async (first) => {
    await whileServing(story, ["serve", "--port", "0"], async (second) => {
      const paths = [first, second].map((said) => `${addressIn(said)}/api/context/skills/copy`);
      for (let round = 0; round < 5; round++) {
        const read = await (await fetch(paths[0] ?? "")).json();
        const statuses = await Promise.all(
          paths.map(async (path, index) => {
            const body = JSON.stringify({
              content: `# ${round} ${index}\n`,
              mtime_ns: Object(read).mtime_ns,
            });
            const headers = { "content-type": "application/json" };
            return (await fetch(path, { method: "PUT", headers, body })).status;
          }),
        );
        expect(statuses.sort()).toEqual([200, 409]);
      }
    });
  });
});

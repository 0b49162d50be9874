import { describe, expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { Story } from "./story.ts";

describe("config", () => {
  test("lists the settings, also outside a collection", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("config"))).toMatchInlineSnapshot(`
      "$ stet config
      name                          project                        collection  the collection's name
      targets                       claude:project, codex:project  collection  where it is carried to: stet config add-target, remove-target
      on-drop                       report                         collection  when a target cannot express a field: report, warn, error
      as-skill                      (not set)                      collection  targets without commands, where commands are written as skills
      auto-sync                     (not set)                      collection  targets that a watch brings up to date by itself
      retention.keep-last           (not set)                      collection  how many of the newest versions are never pruned
      retention.keep-within-days    (not set)                      collection  days in which every version is kept
      retention.hourly-within-days  (not set)                      collection  days in which the last version of each hour is kept
      retention.daily-within-days   (not set)                      collection  days in which the last version of each day is kept
      retention.automatic           (not set)                      collection  whether saves prune by themselves, by these rules
      merge.policy                  (not set)                      collection  what becomes of overlaps: ask, theirs, yours, union, last-write
      updates.strategy              (not set)                      collection  how updates of third-party artifacts meet edits made here: merge, upstream, local, ask
      updates.cool-down-days        (not set)                      collection  days that a new version of a third-party artifact waits
      actor.name                    (not set)                      user        what you are called in the log
      merge.tool                    (not set)                      user        the program that opens conflicts
      --- exit 0"
    `);
    await using elsewhere = await Story.begin({});
    expect((await elsewhere.stet("config")).exit).toBe(0);
  });

  test("a setting of one's own is set, read and unset", async () => {
    await using story = await importedLampShop();
    await story.build("config", "set", "actor.name", "Ana Example");
    expect((await story.stet("config", "get", "actor.name")).stdout).toBe("Ana Example\n");
    await story.build("config", "unset", "actor.name");
    expect((await story.stet("config", "get", "actor.name")).stdout).toBe("");
  });

  test("a target is taken off and put back, each an operation", async () => {
    await using story = await importedLampShop();
    expect(story.show(await story.stet("config", "remove-target", "codex"))).toMatchInlineSnapshot(`
      "$ stet config remove-target codex
      ✓ No longer carried to codex; its files stay  op_1
      --- on standard error
      note  The files at codex:project stay as they are.
      Next: stet undo
      --- exit 0"
    `);
    expect((await story.stet("status", "--all")).stdout).not.toContain("codex");
    await story.build("undo");
    expect((await story.stet("status", "--all")).stdout).toContain("codex");
  });

  test.each([[["lamp"]], [["set", "actor.name"]], [["get", "actor.name", "x"]]])(
    "%j is a usage error",
    async (words) => {
      await using story = await importedLampShop();
      expect((await story.stet("config", ...words)).exit).toBe(2);
    },
  );
});

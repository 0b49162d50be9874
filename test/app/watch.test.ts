import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import { verify } from "../../src/app/verify.ts";
import { type WatchEvent, watch } from "../../src/app/watch.ts";
import { type GitWorld, makeGitWorld, skill } from "./git-repository.ts";

let world: GitWorld;

beforeEach(async () => {
  world = makeGitWorld();
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "one"));
  await initialise(world.environment, { yes: true });
  world.commitAll("begin");
});

afterEach(async () => {
  expect((await verify(world.environment)).data.problems).toEqual([]);
  world.dispose();
});

/** A watch that runs until it is stopped, and what it told. */
async function begin(lookAgainMilliseconds = 30_000) {
  const events: WatchEvent[] = [];
  const stopper = new AbortController();
  let wake = () => {};
  const done = watch(world.environment, {
    onEvent: (event) => {
      events.push(event);
      wake();
    },
    stop: stopper.signal,
    settleMilliseconds: 20,
    lookAgainMilliseconds,
  });
  const until = async (isThere: (events: readonly WatchEvent[]) => boolean): Promise<void> => {
    while (!isThere(events)) await new Promise<void>((resolve) => (wake = resolve));
  };
  await until((told) => told.some((one) => one.kind === "state"));
  return {
    events,
    until,
    captures: () => events.filter((one) => one.kind === "captured").length,
    stop: async () => {
      stopper.abort();
      return (await done).data;
    },
  };
}

const captured = (count: number) => (events: readonly WatchEvent[]) =>
  events.filter((one) => one.kind === "captured").length >= count;

test("an edit is captured by an unknown writer, and a stopped watch captures no more", async () => {
  const watched = await begin();
  expect(watched.events[0]).toMatchObject({ kind: "state", state: { kind: "watching" } });
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "two"));
  await watched.until(captured(1));
  world.write(".agents/skills/desk/SKILL.md", skill("desk"));
  await watched.until(captured(2));
  expect((await watched.stop()).captures).toBeGreaterThanOrEqual(2);
  const operations = (await log(world.environment, { limit: 10 })).data.operations;
  expect(
    operations.filter((one) => one.kind === "capture").every((one) => one.actor.kind === "unknown"),
  ).toBe(true);
  expect(operations[0]?.changes.map((one) => one.path)).toEqual(["skills/desk/SKILL.md"]);
});

test("what no event told is found by the regular look", async () => {
  const watched = await begin(50);
  // A file of a folder far down, which is not watched.
  world.write("packages/deep/AGENTS.md", "Deep.\n");
  await watched.until(captured(1));
  await watched.stop();
  const [newest] = (await log(world.environment, { limit: 1 })).data.operations;
  expect(newest?.changes.map((one) => one.path)).toEqual(["@project/packages/deep/AGENTS.md"]);
});

test("while git is in the middle of something nothing is captured; after it, all at once", async () => {
  const watched = await begin(20);
  world.write(".git/index.lock", "");
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "half"));
  // Ten regular looks would have come by.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(watched.captures()).toBe(0);
  world.write(".agents/skills/lamp/SKILL.md", skill("lamp", "whole"));
  rmSync(join(world.project, ".git/index.lock"));
  await watched.until(captured(1));
  await watched.stop();
  const operations = (await log(world.environment, { limit: 10 })).data.operations;
  expect(operations.filter((one) => one.kind === "capture")).toHaveLength(1);
});

test("a root that goes away is told, nothing is read as deleted, and it goes on when it is back", async () => {
  const watched = await begin(30);
  const root = join(world.project, ".agents");
  renameSync(root, join(world.folder, "away"));
  await watched.until((events) => events.some((one) => one.kind === "problem"));
  renameSync(join(world.folder, "away"), root);
  writeFileSync(join(root, "skills/lamp/SKILL.md"), skill("lamp", "back"));
  await watched.until(captured(1));
  await watched.stop();
  const operations = (await log(world.environment, { limit: 10 })).data.operations;
  expect(operations.flatMap((one) => one.changes).every((change) => change.after !== null)).toBe(true);
});

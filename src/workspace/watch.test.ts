import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryProject } from "../../test/workspace/temporary-place.ts";
import { watchPlaces } from "./watch.ts";

/** Waits for the next hint; the test's own time limit ends a wait in vain. */
function hintGate() {
  let { promise, resolve } = Promise.withResolvers<void>();
  return {
    onHint: async () => resolve(),
    next: async () => {
      await promise;
      ({ promise, resolve } = Promise.withResolvers<void>());
    },
  };
}

const onError = (error: unknown) => {
  throw error;
};

test("a change in a scanned part gives a hint", async () => {
  using project = temporaryProject();
  const gate = hintGate();
  await using watch = await watchPlaces({
    places: [project.place],
    onHint: gate.onHint,
    onError,
    settleMilliseconds: 5,
  });
  expect(watch.state()).toEqual({ kind: "watching" });
  mkdirSync(join(project.root, "skills/a"));
  writeFileSync(join(project.root, "skills/a/SKILL.md"), "x");
  await gate.next();
});

test("without any event a place is looked at again all the same", async () => {
  using project = temporaryProject();
  const gate = hintGate();
  await using _watch = await watchPlaces({
    places: [project.place],
    onHint: gate.onHint,
    onError,
    lookAgainMilliseconds: 20,
  });
  await gate.next();
  await gate.next();
});

test("while git is in the middle hints wait, and come afterwards", async () => {
  using project = temporaryProject();
  const gate = hintGate();
  let asked = 0;
  let hints = 0;
  await using _watch = await watchPlaces({
    places: [project.place],
    onHint: async () => {
      hints++;
      await gate.onHint();
    },
    onError,
    settleMilliseconds: 5,
    isHeld: () => {
      expect(hints).toBe(0);
      return ++asked < 4;
    },
  });
  writeFileSync(join(project.root, "skills/note.md"), "x");
  await gate.next();
  expect(asked).toBeGreaterThanOrEqual(4);
});

test("hints do not overlap, a failing one is reported, and the next still comes", async () => {
  using project = temporaryProject();
  let inside = 0;
  let calls = 0;
  const errors: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const watch = await watchPlaces({
    places: [project.place],
    onHint: async () => {
      expect(++inside).toBe(1);
      await new Promise((done) => setTimeout(done, 30));
      inside--;
      if (++calls === 1) throw new Error("the first fails");
      if (calls === 3) resolve();
    },
    onError: (error) => errors.push(error),
    lookAgainMilliseconds: 5,
  });
  await promise;
  await watch.close();
  expect(watch.state()).toEqual({ kind: "closed" });
  expect(errors).toHaveLength(1);
});

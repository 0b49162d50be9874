import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { artifactKey } from "../../src/app/history/artifact-key.ts";
import { initialise } from "../../src/app/init.ts";
import { onWorkbench } from "../../src/app/workbench/workbench.ts";
import { pathOf } from "../../src/domain/paths.ts";
import { makeWorld, type World } from "./fixture.ts";

const files = [
  ...["a", "a-b", "b"].flatMap((name) => [`skills/${name}/SKILL.md`, `skills/${name}/references/one.md`]),
  ...Array.from({ length: 80 }, (_, index) => `skills/many-${index}/SKILL.md`),
  "skills/notes.md",
  "commands/a.md",
  "commands/a/b.md",
];
let world: World;

beforeEach(async () => {
  world = makeWorld();
  for (const path of files) world.write(`.agents/${path}`, `Text of ${path}.\n`);
  await initialise(world.environment, { yes: true, root: ".agents" });
});
afterEach(() => world.dispose());

test("what is read around paths is what is present of their artifacts, of few and of many", async () => {
  const asked = fc.uniqueArray(fc.constantFrom(...files, "skills/gone/SKILL.md", "agents/gone.md"));
  const check = async (paths: readonly string[]) => {
    const around = await onWorkbench(world.environment, {}, (bench) =>
      bench.presentAround(paths.map(pathOf)),
    );
    const whole = await onWorkbench(world.environment, {}, (bench) => bench.present());
    expect([around.commit, around.snapshot]).toEqual([whole.commit, whole.snapshot]);
    const keys = new Set(paths.map((path) => artifactKey(path) ?? path));
    const belongs = (path: string) => keys.has(artifactKey(path) ?? path);
    const of = ({ entries }: typeof whole) => [...entries].filter(([path]) => belongs(path)).sort();
    expect(of(around)).toEqual(of(whole));
    for (const [path, entry] of around.entries) expect(whole.entries.get(path)).toEqual(entry);
  };
  await fc.assert(fc.asyncProperty(asked, check), { numRuns: 100 });
});

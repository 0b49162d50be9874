/**
 * Random edits on both sides, with pushes and pulls between them. The model is what a person expects of a
 * sync: what one side did reaches the other, what both did waits, and nothing of anybody's is lost.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  newWorld,
  pullRow,
  pushRow,
  rowsOf,
  settle,
  type TargetWorld,
  textAt,
  writeCanonical,
  writeTarget,
} from "../../../test/runtimes/target-world.ts";
import { executableMode, regularMode } from "../../domain/files.ts";
import { canonicalPathOf, targetPathOf } from "../placement/path-mapping.ts";
import { targetPlan } from "../placement/target-plan.ts";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import type { TargetRow } from "./sync-row.ts";

type Sample<Of> = Of extends fc.Arbitrary<infer Value> ? Value : never;

const plans = [
  targetPlan(claude, "project", ".agents"),
  targetPlan(codex, "project", ".agents"),
  targetPlan(codex, "user", ".claude"),
];

const canonicalPaths = [
  "skills/pdf/SKILL.md",
  "skills/pdf/scripts/run.sh",
  "skills/pdf/notes.md",
  "agents/one.md",
  "agents/two.md",
  "commands/go.md",
  "@project/AGENTS.md",
  "reports/week/report.md",
];

const letters = fc.constantFrom("a", "b", "c");
const edit = fc.record({
  side: fc.constantFrom("store", "target"),
  path: fc.constantFrom(...canonicalPaths),
  letter: letters,
  how: fc.constantFrom("write", "write", "write", "remove", "reformat", "mode", "break", "foreign"),
});
const step = fc.oneof(edit, fc.constantFrom("push", "pull", "sync", "settle"));
const history = fc.array(step, { minLength: 1, maxLength: 14 });

function canonicalContent(path: string, letter: string): string {
  if (path.endsWith(".sh")) return `echo ${letter}\n`;
  const name = path.startsWith("agents/") ? path.slice("agents/".length, -".md".length) : "x";
  return `---\nname: ${name}\ndescription: Does ${letter}\ncolor: teal\n---\n\nText ${letter}.\n`;
}

function targetContent(path: string, letter: string): string {
  if (!path.endsWith(".toml")) return canonicalContent(canonicalPathFor(path), letter);
  const name = path.slice(path.lastIndexOf("/") + 1, -".toml".length);
  return `name = "${name}"\ndescription = "Does ${letter}"\ndeveloper_instructions = "Text ${letter}."\n`;
}

function canonicalPathFor(path: string): string {
  return path.replace(/^\.(?:claude|agents)\//, "");
}

function applyEdit(world: TargetWorld, { side, path, letter, how }: Sample<typeof edit>): void {
  const target = targetPathOf(world.plan, path);
  if (side === "store") {
    const [key] = [...world.canonical.keys()].filter((one) => one === path);
    if (how === "remove" && key !== undefined) world.canonical.delete(key);
    else if (how !== "remove")
      writeCanonical(world, path, reshaped(canonicalContent(path, letter), how), modeFor(how));
    return;
  }
  if (target === null) return;
  if (how === "remove") world.present.delete(target);
  else if (how === "foreign" && target.endsWith(".toml")) {
    writeTarget(world, target, `sandbox_mode = "${letter}"\n${targetContent(target, letter)}`);
  } else writeTarget(world, target, reshaped(targetContent(target, letter), how), modeFor(how));
}

function reshaped(text: string, how: string): string {
  if (how === "reformat") return text.replaceAll("\n", "\r\n");
  return how === "break" ? text.replace("name", "na[me") : text;
}

function modeFor(how: string) {
  return how === "mode" ? executableMode : regularMode;
}

function mayPush(row: TargetRow): boolean {
  const { state, side } = row.drift;
  return state === "behind" || (state === "missing" && side === "store");
}

async function applyStep(world: TargetWorld, one: Sample<typeof step>): Promise<void> {
  if (typeof one !== "string") return applyEdit(world, one);
  if (one === "settle") return settle(world);
  for (const row of await rowsOf(world)) {
    if (one !== "pull" && mayPush(row)) pushRow(world, row);
    if (one !== "push" && row.drift.state === "ahead") pullRow(world, row);
  }
  await settle(world);
}

function textsOf(world: TargetWorld): ReadonlyMap<string, string | undefined> {
  const all = [
    ...world.canonical,
    ...[...world.present].map(([path, entry]) => [`> ${path}`, entry] as const),
  ];
  return new Map(all.map(([path, entry]) => [path, textAt(world, entry)]));
}

async function played(plan: TargetWorld["plan"], steps: Sample<typeof history>): Promise<TargetWorld> {
  const world = newWorld(plan);
  for (const one of steps) await applyStep(world, one);
  return world;
}

describe("random edits on both sides", () => {
  test("after a sync every row is settled or waits for a person, and a second sync does nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...plans), history, async (plan, steps) => {
        const world = await played(plan, [...steps, "sync"]);
        const before = textsOf(world);
        const rows = await rowsOf(world);
        for (const row of rows) {
          expect(row.drift.reason.trim()).not.toBe("");
          expect(mayPush(row)).toBe(false);
          if (row.drift.state === "ahead") expect(row.takeProblem).not.toBeNull();
          if (row.drift.state === "in-sync") expect([row.write, row.take, row.remove]).toEqual([[], [], []]);
        }
        await applyStep(world, "sync");
        expect(textsOf(world)).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });

  test("a push by force brings every row that is not blocked into sync, and the next writes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...plans), history, async (plan, steps) => {
        const world = await played(plan, steps);
        for (const row of await rowsOf(world)) {
          // A whole force removes the target's additions as well; what is left differs by those alone.
          if (row.drift.state !== "extra") pushRow(world, row);
        }
        for (const row of await rowsOf(world)) {
          if (row.drift.state === "blocked") continue;
          expect(row.write).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("nothing is removed but what is on record and is as recorded (BUGS F6)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...plans), history, async (plan, steps) => {
        const world = await played(plan, steps);
        for (const row of await rowsOf(world)) {
          for (const { path, before } of row.remove) {
            expect(world.written.get(path)?.written).toEqual(before);
            expect(world.present.get(path)).toEqual(before);
          }
          if (row.drift.state === "extra") expect([row.write, row.remove]).toEqual([[], []]);
          if (row.drift.state === "blocked") expect([row.write, row.take, row.remove]).toEqual([[], [], []]);
          for (const { path, before } of row.write) expect(world.present.get(path) ?? null).toEqual(before);
          for (const { path } of row.write) expect(canonicalPathOf(plan, path)).not.toBeNull();
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("hashes and bytes give one answer: forgetting that rows were clean changes no state", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...plans), history, async (plan, steps) => {
        const world = await played(plan, steps);
        const quick = (await rowsOf(world)).map(({ kind, name, drift }) => [kind, name, drift.state]);
        for (const [path, entry] of world.written) world.written.set(path, { ...entry, source: "another" });
        const slow = (await rowsOf(world)).map(({ kind, name, drift }) => [kind, name, drift.state]);
        expect(slow).toEqual(quick);
      }),
      { numRuns: 1000 },
    );
  });
});

test("1,000 clean artifacts cost no read", async () => {
  const world = newWorld(targetPlan(claude, "project", ".agents"));
  for (let at = 0; at < 1000; at++) {
    writeCanonical(world, `skills/s${at}/SKILL.md`, `---\nname: s${at}\ndescription: d\n---\nText ${at}.\n`);
    writeCanonical(world, `agents/a${at}.md`, `---\nname: a${at}\ndescription: d\n---\nText ${at}.\n`);
  }
  for (const row of await rowsOf(world)) pushRow(world, row);
  const rows = await rowsOf(world);
  expect(rows).toHaveLength(2000);
  expect(rows.every(({ drift }) => drift.state === "in-sync")).toBe(true);
  expect(world.reads).toBe(0);
});

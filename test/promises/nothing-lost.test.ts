import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeBranch } from "../../src/app/merge-branch.ts";
import { moveArtifact } from "../../src/app/move.ts";
import { removeArtifact } from "../../src/app/remove.ts";
import { restore } from "../../src/app/restore.ts";
import { save } from "../../src/app/save.ts";
import { status } from "../../src/app/status.ts";
import { switchBranch } from "../../src/app/switch-branch.ts";
import { sync } from "../../src/app/sync.ts";
import { redo, undo } from "../../src/app/undo.ts";
import { messes, messyFiles } from "./disk-mess.ts";
import { Disorder } from "./disorder.ts";

type Step = (disorder: Disorder) => Promise<void>;

const artifact = fc.constantFrom(
  "skill/reading",
  "skill/writing",
  "agent/reviewer",
  "command/git/ship",
  "rule/AGENTS",
);
const claims = fc.constantFrom({}, { agent: "claude-code", session: "one" });

/** A step that shows itself in a counterexample as what it does. */
function step<Input>(
  name: string,
  input: fc.Arbitrary<Input>,
  run: (disorder: Disorder, input: Input) => Promise<void>,
): fc.Arbitrary<Step> {
  return input.map((given) => {
    const one: Step = (disorder) => run(disorder, given);
    return Object.assign(one, { [fc.toStringMethod]: () => `${name} ${JSON.stringify(given)}` });
  });
}

const mess = step(
  "mess",
  fc.tuple(fc.constantFrom(...messes), fc.constantFrom(...messyFiles), fc.constantFrom(...messyFiles)),
  async (disorder, [what, file, other]) => disorder.mess(what, file, other),
);

const commands = [
  step("save", claims, (disorder, by) => disorder.run((one) => save(one, { claims: by }))),
  step("save all", fc.constant(true), (disorder, yes) => disorder.run((one) => save(one, { yes }))),
  step("status", fc.constant({ all: true }), (disorder, all) => disorder.run((one) => status(one, all))),
  step("sync", fc.constantFrom("both", "both", "push", "pull"), (disorder, direction) =>
    disorder.run((one) => sync(one, { direction })),
  ),
  step("undo", fc.record({ any: fc.boolean(), partial: fc.boolean(), claims }), (disorder, input) =>
    disorder.run((one) => undo(one, input)),
  ),
  step("redo", fc.record({ any: fc.boolean(), claims }), (disorder, input) =>
    disorder.run((one) => redo(one, input)),
  ),
  step("restore", fc.option(artifact, { nil: undefined }), (disorder, what) =>
    disorder.run((one) => restore(one, what === undefined ? {} : { what })),
  ),
  step("rm", fc.record({ artifact, cascade: fc.boolean() }), (disorder, input) =>
    disorder.run((one) => removeArtifact(one, { ...input, yes: true })),
  ),
  step("mv", fc.constantFrom("skill/reading", "agent/reviewer"), (disorder, from) =>
    disorder.run((one) => moveArtifact(one, { from, to: `${from}-moved` })),
  ),
  step("switch", fc.record({ name: fc.constantFrom("main", "try"), create: fc.boolean() }), (disorder, to) =>
    disorder.run((one) => switchBranch(one, to)),
  ),
  step("merge", fc.record({ name: fc.constantFrom("main", "try") }), (disorder, from) =>
    disorder.run((one) => mergeBranch(one, from)),
  ),
  step("open", artifact, (disorder, one) => disorder.open(one)),
  step("save what was opened", artifact, (disorder, one) => disorder.saveOpened(one)),
  step("new", artifact, (disorder, one) => disorder.create(one)),
  step("resolve", fc.constantFrom("yours", "theirs"), (disorder, side) => disorder.settle(side)),
];

test("whatever programs do between commands, no byte is lost and none appears (P1, P3; BUGS S2, D4, D5, F6)", {
  timeout: 300_000,
}, async () => {
  const steps = fc.oneof(
    { weight: commands.length, arbitrary: mess },
    ...commands.map((arbitrary) => ({ weight: 1, arbitrary })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 16 }), async (run) => {
      await using disorder = await Disorder.make();
      for (const one of run) await one(disorder);
      await disorder.verify();
    }),
    { numRuns: 100 },
  );
});

test("a push displaces a reformatted copy at a target only after history has it (P1)", async () => {
  await using disorder = await Disorder.make();
  await disorder.run((one) => sync(one, { direction: "push" }));
  disorder.reformat(".claude/agents/reviewer.md");
  disorder.mess("write in place", ".agents/agents/reviewer.md", ".agents/agents/reviewer.md");
  const before = disorder.hashOf(".claude/agents/reviewer.md");
  await disorder.run((one) => sync(one, { direction: "push" }));
  expect(disorder.hashOf(".claude/agents/reviewer.md")).not.toBe(before);
  await disorder.verify();
});

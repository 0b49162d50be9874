import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DemoStage, differences } from "./demo-stage.ts";

/** The exit code of a command that did the safe part and left the rest for a decision. */
const exitNeedsDecision = 4;

/** Tells the story; what comes back is what went wrong. */
export function tellStory(stage: DemoStage): string[] {
  stage.say("1. What is here? Without a terminal to ask on, init shows its plan and writes nothing.");
  const untouched = stage.hashes();
  const problems: string[] = [];
  const expect = (holds: boolean, what: string) => void (holds || problems.push(what));
  const ends = (what: string, exit: number, ...good: number[]) =>
    expect(good.includes(exit), `${what} ended with ${exit}`);
  ends("init", stage.show("init"), exitNeedsDecision);
  expect(differences(untouched, stage.hashes()).length === 0, "init wrote before it was confirmed");

  stage.say("2. Agreed. The files are imported as version 1.");
  ends("init --yes", stage.show("init", "--yes"), 0);
  ends("status", stage.show("status"), 0);
  const imported = stage.hashes();
  const [first, second] = editable(stage);
  if (first === undefined || second === undefined) {
    return [...problems, "there are not enough artifacts here to tell the story with"];
  }

  stage.say(`3. Somebody edits ${first.artifact} in an editor. Nobody says who; stet does not guess.`);
  appendFileSync(first.disk, "\nWhen in doubt, ask the person who will live with the answer.\n");
  ends("status", stage.show("status"), 0);

  stage.say(`4. An agent edits ${second.artifact} and says so.`);
  writeFileSync(second.disk, withNote(readFileSync(second.disk, "utf8")));
  const claims = ["--agent", "polisher", "--model", "opus-5", "--session", "demo-1"];
  ends(
    "save",
    stage.show("save", second.artifact, "-m", "Say what to do when nothing is found", ...claims),
    0,
  );

  stage.say("5. Who did what?");
  ends("log", stage.show("log", "-n", "3"), 0);
  ends("diff", stage.show("diff", second.artifact), 0);

  stage.say("6. Carry it to every runtime that is used here.");
  ends("sync", stage.show("sync"), 0, exitNeedsDecision);
  ends("status", stage.show("status"), 0);

  stage.say("7. Take it all back: the sync, the agent's edit, and the one that nobody claimed.");
  let left = differences(imported, stage.hashes());
  expect(left.length > 0, "the story changed nothing");
  for (let step = 0; step < 3 && left.length > 0; step++) {
    ends("undo", stage.show("undo", "--any"), 0);
    left = differences(imported, stage.hashes());
  }
  expect(left.length === 0, `undo left a difference in ${left.join(", ")}`);
  if (left.length === 0)
    process.stdout.write(`${imported.size} files compared by hash: each is as it was.\n`);

  stage.say("8. Is all that is kept as it should be?");
  ends("verify", stage.show("verify"), 0);
  return problems;
}

interface Editable {
  readonly artifact: string;
  readonly disk: string;
}

/** Artifacts of one text file that can be edited, agents first: those go to most runtimes. */
function editable(stage: DemoStage): readonly Editable[] {
  const root = rootOf(stage);
  const { artifacts } = stage.ask("list");
  if (!Array.isArray(artifacts)) return [];
  const found = artifacts.flatMap(({ kind, name }: { kind: string; name: string }) => {
    const disk = join(root, kind === "skill" ? `skills/${name}/SKILL.md` : `${kind}s/${name}.md`);
    return existsSync(disk) ? [{ artifact: `${kind}/${name}`, disk }] : [];
  });
  return found.sort((one, other) => one.artifact.localeCompare(other.artifact));
}

function rootOf(stage: DemoStage): string {
  const { collections } = stage.ask("status");
  const first: unknown = Array.isArray(collections) ? collections[0] : undefined;
  if (typeof first === "object" && first !== null && "root" in first && typeof first.root === "string") {
    return first.root;
  }
  throw new Error("status names no root");
}

function withNote(text: string): string {
  return `${text.trimEnd()}\n\nWhen you find nothing, say so in one line, and say what you looked at.\n`;
}

import type { ArtifactKind } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { CanonicalArtifact } from "../runtimes/drift/sync-row.ts";
import { targetRows } from "../runtimes/drift/sync-rows.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type Notice } from "./outcomes.ts";
import { artifactsOf } from "./targets/canonical-artifacts.ts";
import { lookAtProject, type ProjectLook, type TargetLook } from "./targets/project-look.ts";
import { locateCollection } from "./workbench/locate.ts";

export interface CheckInput extends CallOptions {
  /** Runtimes or targets; absent for all that the collection is carried to. */
  readonly targets?: readonly string[];
}

export interface Difference {
  readonly kind: ArtifactKind;
  readonly name: string;
  readonly target: string;
  readonly state: string;
  readonly reason: string;
}

export interface CheckData {
  /** What a push from here would have to write, or could not. Empty where root and targets agree. */
  readonly differences: readonly Difference[];
  /** What is only at a target: perhaps a copy of something removed, perhaps nobody's business. */
  readonly extras: readonly Difference[];
  /** How many artifacts were compared with how many targets. */
  readonly artifacts: number;
  readonly targets: number;
}

/**
 * The drift gate for CI: compares the root with what the targets hold, from the project alone. It needs no store
 * and writes nothing. Which side moved cannot be known without history; that they differ can.
 * Throws E-NO-COLLECTION, and E-NOT-FOUND for a target that the collection is not carried to.
 */
export async function check(environment: Environment, input: CheckInput = {}): Promise<Answer<CheckData>> {
  const located = await locateCollection(environment, input.scope ?? "project");
  if (located === null) throw noCollectionHere(environment);
  const look = await lookAtProject(environment, located);
  const targets = chosenTargets(look, input.targets);
  const artifacts = artifactsOf(look.entries);
  const rows = (await Promise.all(targets.map((target) => rowsAt(look, target, artifacts)))).flat();
  const differences = rows.filter(({ state }) => !agreeing.has(state) && state !== "extra");
  const data: CheckData = {
    differences,
    extras: rows.filter(({ state }) => state === "extra"),
    artifacts: artifacts.length,
    targets: targets.length,
  };
  const next = differences.length > 0 ? ["stet status", "stet sync"] : [];
  return answer(data, { notices: noticesOf(look, targets), next });
}

const agreeing: ReadonlySet<string> = new Set(["in-sync", "native", "unsupported"]);

async function rowsAt(
  look: ProjectLook,
  { plan, scan, isRoot }: TargetLook,
  artifacts: readonly CanonicalArtifact[],
): Promise<readonly Difference[]> {
  const present = new Map([...scan.files].map(([path, file]) => [path, file.entry]));
  const rows = await targetRows({ plan, artifacts, present, written: [], isRoot, readBlob: look.readBlob });
  return rows.map(({ kind, name, target, drift }) => ({
    kind,
    name,
    target,
    state: drift.state,
    reason: drift.reason,
  }));
}

function chosenTargets(look: ProjectLook, named: readonly string[] | undefined): readonly TargetLook[] {
  if (named === undefined || named.length === 0) return look.targets;
  return named.flatMap((name) => {
    const found = look.targets.filter(({ id }) => id === name || id.split(":")[0] === name);
    if (found.length > 0) return found;
    throw new StetError({
      code: "E-NOT-FOUND",
      what: "The collection is not carried to that target.",
      where: name,
      why: `Its targets are ${look.located.file.targets.join(", ") || "none"}.`,
      kept: "Nothing was written.",
      fixes: [{ cmd: `stet config add-target ${name}`, summary: "carry the collection there" }],
    });
  });
}

function noticesOf(look: ProjectLook, targets: readonly TargetLook[]): readonly Notice[] {
  const blocked = [
    ...look.root.blocked.map(({ path, why }) => `${path}: ${why}`),
    ...targets.flatMap(({ id, scan }) => scan.blocked.map(({ path, why }) => `${id}:${path}: ${why}`)),
  ];
  return [
    ...blocked.map((text) => ({ code: "W-BLOCKED", text })),
    ...look.unknownTargets.map((id) => ({
      code: "W-TARGET",
      text: `${id}: no runtime of that name is known`,
    })),
  ];
}

function noCollectionHere({ workingFolder }: Environment): StetError {
  return new StetError({
    code: "E-NO-COLLECTION",
    what: "There is no collection here to check.",
    where: workingFolder,
    why: "Neither this folder nor one above it has a collection file; was it committed?",
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet init", summary: "show a plan for making this a collection" }],
  });
}

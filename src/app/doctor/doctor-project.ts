import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { groupArtifacts } from "../../artifacts/artifact.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { targetRows } from "../../runtimes/drift/sync-rows.ts";
import { usedRuntimes } from "../../runtimes/placement/root-proposal.ts";
import { duplicateText, skillDuplicates } from "../../runtimes/placement/skill-duplicates.ts";
import type { TargetScope } from "../../runtimes/table/runtime.ts";
import { runtimes } from "../../runtimes/table/table.ts";
import { probeFeatures } from "../../workspace/features.ts";
import { readGitState } from "../../workspace/git-state.ts";
import { lockPlaces } from "../../workspace/lock.ts";
import type { Environment } from "../environment.ts";
import { artifactsOf } from "../targets/canonical-artifacts.ts";
import { existsBelow, movedFolders } from "../targets/exists-below.ts";
import type { ProjectLook } from "../targets/project-look.ts";
import { workFolder } from "../workbench/root-place.ts";
import { type DoctorCheck, fine, orFine } from "./doctor-check.ts";
import { checkOthers } from "./doctor-others.ts";

/** What surrounds a collection: its file system, git, and the runtimes that read it. */
export async function checkSurroundings(
  environment: Environment,
  look: ProjectLook,
): Promise<readonly DoctorCheck[]> {
  return [
    fine("D-COLLECTION", `${look.located.file.name}: ${groupArtifacts(look.entries).length} artifacts`),
    await checkFileSystem(environment, look),
    ...checkGit(look),
    ...checkRuntimes(environment, look),
    ...checkDuplicates(look),
    ...checkOthers(look),
    ...checkTargets(look),
    ...(await checkNames(look)),
  ];
}

async function checkFileSystem(environment: Environment, look: ProjectLook): Promise<DoctorCheck> {
  const { disk, located } = look;
  const work = workFolder(located.root);
  const { random, host, processId } = environment;
  const holder = { processId, host, command: "stet doctor" };
  try {
    await using _lock = await lockPlaces({
      disk,
      places: [{ work }],
      holder,
      random,
      waitMillisecondsMax: 0,
    });
    const can = await probeFeatures(disk, work, random);
    const lacks = [
      ...(can.holdsCaseApart ? [] : ["names that differ only by case are one"]),
      ...(can.holdsUnicodeFormsApart ? [] : ["names that differ only by Unicode form are one"]),
      ...(can.keepsExecutableBit ? [] : ["the executable bit is not kept"]),
      ...(can.hasSymlinks ? [] : ["there are no symbolic links"]),
      ...(can.hasHardLinks ? [] : ["there are no hard links: files are put in place by rename"]),
      ...(can.hasSwap ? [] : ["names cannot be swapped: replacing takes two steps"]),
    ];
    if (lacks.length === 0) return fine("D-FILE-SYSTEM", "case, Unicode, modes, links and swap all work");
    const message = `On this file system ${lacks.join("; ")}.`;
    return { code: "D-FILE-SYSTEM", severity: "note", message, where: located.root, fix: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The file system could not be tried out: ${why}`;
    return { code: "D-FILE-SYSTEM", severity: "note", message, where: located.root, fix: null };
  }
}

function checkGit({ disk, located }: ProjectLook): readonly DoctorCheck[] {
  const git = readGitState(disk, located.base);
  if (git === null) return [fine("D-GIT-IGNORE", "the project is not in git")];
  const path = join(located.root, "stet", ".gitignore");
  const lines = existsSync(path) ? readFileSync(path, "utf8").split(/\r?\n/) : [];
  const missing = ["/local/", "/.work/"].filter((line) => !lines.includes(line));
  const ignored = missing.map(
    (line): DoctorCheck => ({
      code: "D-GIT-IGNORE",
      severity: "warning",
      message: `stet/.gitignore does not leave out ${line}: what is only for this machine would be committed.`,
      where: path,
      fix: { cmd: `echo ${line} >> ${path}`, summary: "leave it out" },
    }),
  );
  return [
    ...orFine(ignored, "D-GIT-IGNORE", "git leaves out what is only for this machine"),
    git.inTheMiddleOf === null
      ? fine("D-GIT", "git is at rest")
      : {
          code: "D-GIT",
          severity: "note",
          message: `git is in the middle of something (${git.inTheMiddleOf}): nothing is pushed until it is done.`,
          where: git.top,
          fix: { cmd: "git status", summary: "see what is left to do" },
        },
  ];
}

function checkRuntimes(environment: Environment, { located, targets }: ProjectLook): readonly DoctorCheck[] {
  const scope: TargetScope = located.scope === "user" ? "user" : "project";
  const exists = existsBelow(located.base, movedFolders(environment, scope));
  const signs = new Map(usedRuntimes(scope, exists).map(({ runtime, sign }) => [runtime.id, sign]));
  const carried = new Set(targets.map(({ plan }) => plan.target.runtime.id));
  return runtimes.map((runtime): DoctorCheck => {
    const { id, title } = runtime;
    if (carried.has(id)) return fine("D-RUNTIME", `${title}: the collection is carried there`);
    const sign = signs.get(id);
    if (sign === undefined) return fine("D-RUNTIME", `${title}: not used here`);
    return {
      code: "D-RUNTIME",
      severity: "note",
      message: `${title} is used here, and the collection is not carried there.`,
      where: sign,
      fix: { cmd: `stet config add-target ${id}`, summary: "carry it there" },
    };
  });
}

function checkDuplicates({ entries, targets }: ProjectLook): readonly DoctorCheck[] {
  if (!groupArtifacts(entries).some(({ reference }) => reference.kind === "skill")) return [];
  // What is a link to the root holds no copy.
  const plans = targets.flatMap(({ plan, isRoot }) => (isRoot ? [] : [plan]));
  return skillDuplicates(plans).map((one) => ({
    code: "D-DUPLICATE",
    severity: "note",
    message: `${duplicateText(one)}. stet sync keeps the copies the same.`,
    where: one.runtime.id,
    fix: null,
  }));
}

function checkTargets({ unknownTargets, root, targets }: ProjectLook): readonly DoctorCheck[] {
  const unknown = unknownTargets.map(
    (id): DoctorCheck => ({
      code: "D-TARGET",
      severity: "warning",
      message: `No runtime of that name is known: ${id}`,
      where: id,
      fix: { cmd: `stet config remove-target ${id}`, summary: "take it off the list" },
    }),
  );
  const blocked = [
    ...root.blocked.map(({ path, why }) => ({ path, why })),
    ...targets.flatMap(({ id, scan }) =>
      scan.blocked.map(({ path, why }) => ({ path: `${id}:${path}`, why })),
    ),
  ].map(
    ({ path, why }): DoctorCheck => ({
      code: "D-BLOCKED",
      severity: "warning",
      message: `It is neither kept nor replaced: ${why}`,
      where: path,
      fix: null,
    }),
  );
  return [...unknown, ...orFine(blocked, "D-BLOCKED", "every file can be kept")];
}

/** Names that a runtime takes for one: what it would say of each artifact is asked of the runtime's own rows. */
async function checkNames(look: ProjectLook): Promise<readonly DoctorCheck[]> {
  const artifacts = artifactsOf(look.entries);
  const found: DoctorCheck[] = [];
  for (const { plan, scan, isRoot } of look.targets) {
    const present = new Map([...scan.files].map(([path, file]) => [path, file.entry]));
    const rows = await targetRows({ plan, artifacts, present, written: [], isRoot, readBlob: look.readBlob });
    for (const { kind, name, target, drift } of rows) {
      if (drift.state !== "blocked") continue;
      const where = formatArtifact({ kind, name });
      const message = `${target}: ${drift.reason}`;
      const fix = { cmd: `stet mv ${where} ${where}-two`, summary: "give one of them another name" };
      found.push({ code: "D-NAME", severity: "warning", message, where, fix });
    }
  }
  return orFine(found, "D-NAME", "no runtime takes two artifacts for one");
}

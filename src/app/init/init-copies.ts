import { findSecrets } from "../../artifacts/secrets.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import { parsePath } from "../../domain/paths.ts";
import type { FileEdit } from "../record/change.ts";
import { HeldContent } from "../record/held-content.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type InitPlan, isInRoot } from "./init-plan.ts";

/**
 * Artifacts that lie outside the root, as the files that they become in it. One that holds a secret is not copied
 * into a folder that is shared: it stays where it is, and is named.
 */
export async function copiesInto(bench: Workbench, plan: InitPlan): Promise<readonly FileEdit[]> {
  const edits: FileEdit[] = [];
  const content = new HeldContent(bench.store, sizeOf(plan));
  for (const match of plan.matches) {
    if (match.canonical === null || isInRoot(match, plan.root)) continue;
    const copy: FileEdit[] = [];
    for (const [path, { entry, bytes }] of match.canonical.files) {
      const parsed = parsePath(path);
      if (parsed === undefined) continue;
      const found = bytes ?? (await plan.readBlob(entry.blob));
      if (found === undefined) throw changedMeanwhile(match.canonical.paths[0] ?? path);
      copy.push({ path: parsed, after: entry, bytes: found });
    }
    if (await holdsSecret(bench, copy)) {
      const from = match.canonical.paths[0] ?? "";
      bench.notice(
        "W-SECRET",
        `${from} looks as if it held a secret: ${formatArtifact(match.artifact)} was not copied`,
      );
    } else {
      for (const edit of copy) edits.push(await content.take(edit));
    }
  }
  await content.storeWaiting();
  return edits;
}

function sizeOf({ matches, root }: InitPlan): number {
  const copied = matches.filter((match) => match.canonical !== null && !isInRoot(match, root));
  const files = copied.flatMap(({ canonical }) => [...(canonical?.files.values() ?? [])]);
  return files.reduce((sum, { entry }) => sum + entry.size, 0);
}

function changedMeanwhile(where: string): StetError {
  return new StetError({
    code: "E-STALE",
    what: "A file changed while it was being taken in.",
    where,
    why: "It is no longer what the plan saw.",
    kept: "Nothing was recorded, and no file was changed.",
    fixes: [{ cmd: "stet init", summary: "look again" }],
  });
}

async function holdsSecret(bench: Workbench, edits: readonly FileEdit[]): Promise<boolean> {
  for (const { path, bytes } of edits) {
    const findings = bytes === null ? [] : await findSecrets(path, bytes);
    if (findings.some(({ fingerprint }) => !bench.allowedSecrets.has(fingerprint))) return true;
  }
  return false;
}

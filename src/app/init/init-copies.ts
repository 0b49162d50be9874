import { findSecrets } from "../../artifacts/secrets.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { parsePath } from "../../domain/paths.ts";
import type { FileEdit } from "../record/change.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { type InitPlan, isInRoot } from "./init-plan.ts";

/**
 * Artifacts that lie outside the root, as the files that they become in it. One that holds a secret is not copied
 * into a folder that is shared: it stays where it is, and is named.
 */
export async function copiesInto(bench: Workbench, plan: InitPlan): Promise<readonly FileEdit[]> {
  const edits: FileEdit[] = [];
  for (const match of plan.matches) {
    if (match.canonical === null || isInRoot(match, plan.root)) continue;
    const copy: FileEdit[] = [];
    for (const [path, { entry, bytes }] of match.canonical.files) {
      const parsed = parsePath(path);
      const content = bytes ?? (await plan.readBlob(entry.blob)) ?? null;
      if (parsed !== undefined && content !== null) copy.push({ path: parsed, after: entry, bytes: content });
    }
    if (await holdsSecret(bench, copy)) {
      const from = match.canonical.paths[0] ?? "";
      bench.notice(
        "W-SECRET",
        `${from} looks as if it held a secret: ${formatArtifact(match.artifact)} was not copied`,
      );
    } else {
      edits.push(...copy);
    }
  }
  return edits;
}

async function holdsSecret(bench: Workbench, edits: readonly FileEdit[]): Promise<boolean> {
  for (const { path, bytes } of edits) {
    const findings = bytes === null ? [] : await findSecrets(path, bytes);
    if (findings.some(({ fingerprint }) => !bench.allowedSecrets.has(fingerprint))) return true;
  }
  return false;
}

import { groupArtifacts } from "../../artifacts/artifact.ts";
import { newNameProblem } from "../../artifacts/artifact-name.ts";
import { placeOfArtifact } from "../../artifacts/artifact-path.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import { type CollectionPath, foldedPath } from "../../domain/paths.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** Where a new artifact's main file goes. Throws E-NAME, and E-EXISTS also for a twin by case or Unicode form. */
export async function freePath(bench: Workbench, reference: ArtifactReference): Promise<CollectionPath> {
  const key = formatArtifact(reference);
  const problem = newNameProblem(reference.kind, reference.name);
  if (problem !== null) throw nameProblem(key, problem);
  const place = placeOfArtifact(reference);
  if (place === null) throw nameProblem(key, "That kind has no place for such a name.");
  const folded = foldedPath(key);
  const twin = groupArtifacts((await bench.present()).entries).find(
    (one) => foldedPath(formatArtifact(one.reference)) === folded,
  );
  if (twin === undefined) return place.main;
  throw new StetError({
    code: "E-EXISTS",
    what: "There is an artifact of that name already.",
    where: formatArtifact(twin.reference),
    why: "Names that differ only by case or Unicode form count as one: not every file system holds them apart.",
    kept: "Nothing was written.",
    fixes: [
      { cmd: `stet edit ${formatArtifact(twin.reference)}`, summary: "edit the one that is there" },
      { cmd: "stet list", summary: "see which names are taken" },
    ],
  });
}

export function nameProblem(where: string, why: string): StetError {
  return new StetError({
    code: "E-NAME",
    what: "That name cannot be used.",
    where,
    why,
    kept: "Nothing was written.",
    fixes: [{ cmd: "stet explain E-NAME", summary: "see what a name may hold" }],
  });
}

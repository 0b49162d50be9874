import { groupArtifacts } from "../../artifacts/artifact.ts";
import type { CarriedUpstream } from "../../collections/others/carried.ts";
import { ghSkillProvenance } from "../../collections/others/gh-skill.ts";
import { decodeText } from "../../formats/text-shape.ts";
import type { Workbench } from "../workbench/workbench.ts";

/** The skills here that say in their own frontmatter where they came from, as the GitHub CLI writes it. */
export async function ownProvenance(bench: Workbench): Promise<readonly CarriedUpstream[]> {
  const found: CarriedUpstream[] = [];
  for (const { reference, main } of groupArtifacts((await bench.present()).entries)) {
    if (reference.kind !== "skill" || main === null) continue;
    const bytes = await bench.readBlob(main.entry.blob);
    const text = bytes === undefined ? null : decodeText(bytes);
    const provenance = text === null ? null : ghSkillProvenance(reference.name, text);
    if (provenance !== null) found.push(provenance);
  }
  return found;
}

import { declaredName, readArtifactText } from "../../artifacts/artifact-text.ts";
import { clashes } from "../../artifacts/name-clashes.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { planOfArtifact } from "../placement/target-plan.ts";
import type { CanonicalArtifact, TargetInput } from "./sync-row.ts";

/**
 * Why artifacts block each other at a target (BUGS F1): their paths fold into one, or the runtime goes by a
 * name that several of them declare. Each reason names all the others. By artifact (`agent/reviewer`).
 */
export async function nameClashReasons(input: TargetInput): Promise<ReadonlyMap<string, string>> {
  const { runtime } = input.plan.target;
  const named = [];
  // One after the other: at a time, the texts of all of them would be as much as the collection.
  for (const artifact of input.artifacts) {
    if (!canClash(input, artifact)) continue;
    const goesByName = runtime.goesByDeclaredName.includes(artifact.kind);
    const declaredName = goesByName ? await nameIn(input, artifact) : null;
    named.push({ reference: { kind: artifact.kind, name: artifact.name }, declaredName });
  }
  const reasons = new Map<string, string>();
  for (const { artifact, others, reason } of clashes(named)) {
    if (reason === "declared name" && !runtime.goesByDeclaredName.includes(artifact.kind)) continue;
    const why = reason === "declared name" ? `${runtime.title} knows both by one \`name\`` : sameFile;
    const text = `name clash with ${others.map(formatArtifact).join(", ")}: ${why}`;
    const key = formatArtifact(artifact);
    const earlier = reasons.get(key);
    reasons.set(key, earlier === undefined ? text : `${earlier}; ${text}`);
  }
  return reasons;
}

const sameFile = "file systems may take their paths for one";

/**
 * Whether an artifact can clash at this target: it would be written there, or the runtime reads it in place
 * and goes by its declared name. Paths that fold into one within the root are the workspace's affair.
 */
export function canClash({ plan }: TargetInput, { kind, files }: CanonicalArtifact): boolean {
  const how = planOfArtifact(plan, kind, files.keys())?.how;
  return how === "write" || (how === "native" && plan.target.runtime.goesByDeclaredName.includes(kind));
}

async function nameIn(input: TargetInput, artifact: CanonicalArtifact): Promise<string | null> {
  const name = artifact.declaredName === undefined ? await readName(input, artifact) : artifact.declaredName;
  const declared = name?.trim() ?? "";
  if (declared !== "") return declared;
  if (!input.plan.target.runtime.fallsBackToFileName) return null;
  return artifact.name.slice(artifact.name.lastIndexOf("/") + 1);
}

async function readName(input: TargetInput, { kind, files }: CanonicalArtifact): Promise<string | null> {
  const [entry] = files.values();
  const bytes = entry === undefined ? undefined : await input.readBlob(entry.blob);
  return bytes === undefined ? null : declaredName(kind, readArtifactText(kind, bytes));
}

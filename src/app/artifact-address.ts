import { decodeName, newNameProblem } from "../artifacts/artifact-name.ts";
import type { ArtifactKind, ArtifactReference } from "../domain/artifact-kinds.ts";
import { nameProblem } from "./record/free-path.ts";

/** Kinds as they stand in addresses: `/api/context/skills/pdf`. */
export const servedKinds = { skills: "skill", agents: "agent", commands: "command", rules: "rule" } as const;
export type ServedKind = keyof typeof servedKinds;

function isServedKind(segment: string): segment is ServedKind {
  return Object.hasOwn(servedKinds, segment);
}

/** The kind's segment; null for kinds that have no address of their own. */
export function segmentOfKind(kind: ArtifactKind): ServedKind | null {
  return segments.find((segment) => servedKinds[segment] === kind) ?? null;
}

const segments = Object.keys(servedKinds).filter(isServedKind);

/** The artifact that two segments of a path name, as they were sent. Throws E-NAME, before any path is made of them. */
export function artifactOfSegments(kind: string, name: string): ArtifactReference {
  if (!isServedKind(kind)) throw nameProblem(kind, `The kinds are ${segments.join(", ")}.`);
  const decoded = decodeName(name);
  if (decoded === undefined)
    throw nameProblem(name, "A name is one segment, percent-encoded, and safe as a path.");
  return { kind: servedKinds[kind], name: decoded };
}

/** The artifact that is to be made. Throws E-NAME. */
export function newArtifactOf(kind: ServedKind, name: string): ArtifactReference {
  const problem = newNameProblem(servedKinds[kind], name);
  if (problem !== null) throw nameProblem(JSON.stringify(name), problem);
  return { kind: servedKinds[kind], name };
}

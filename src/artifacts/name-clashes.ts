import { type ArtifactReference, formatArtifact } from "../domain/artifact-kinds.ts";
import { foldedPath } from "../domain/paths.ts";
import { placeOfArtifact } from "./artifact-path.ts";

/** What `clashes` looks at. `declaredName` is the frontmatter's `name`, null where there is none. */
export interface NamedArtifact {
  readonly reference: ArtifactReference;
  readonly declaredName: string | null;
}

/** An artifact that stands in another's way, and all those others. */
export interface Clash {
  readonly artifact: ArtifactReference;
  readonly others: readonly ArtifactReference[];
  /**
   * `case` and `unicode`: a file system may take their paths for one. `declared name`: a runtime that goes by
   * the frontmatter's name takes them for one (BUGS F1); whether a given runtime does, its adapter knows.
   */
  readonly reason: "case" | "unicode" | "declared name";
}

/** Every artifact that clashes, in the order given; each names all of the others (an artifact may come twice). */
export function clashes(artifacts: readonly NamedArtifact[]): readonly Clash[] {
  return [
    ...groupsOf(artifacts, foldedPlace).flatMap((group) =>
      group.map((one) => clashOf(one, group, differsByCaseOnly(one, group) ? "case" : "unicode")),
    ),
    ...groupsOf(artifacts, runtimeName).flatMap((group) =>
      group.map((one) => clashOf(one, group, "declared name")),
    ),
  ];
}

function clashOf(one: NamedArtifact, group: readonly NamedArtifact[], reason: Clash["reason"]): Clash {
  const others = group.filter((other) => other !== one).map((other) => other.reference);
  return { artifact: one.reference, others, reason };
}

function groupsOf(
  artifacts: readonly NamedArtifact[],
  keyOf: (one: NamedArtifact) => string | null,
): readonly (readonly NamedArtifact[])[] {
  const groups = new Map<string, NamedArtifact[]>();
  for (const one of artifacts) {
    const key = keyOf(one);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function foldedPlace({ reference }: NamedArtifact): string {
  const place = placeOfArtifact(reference);
  return foldedPath(place === null ? formatArtifact(reference) : (place.folder ?? place.main));
}

/** The name that a runtime which goes by it would use. Only skills and agents have one. */
function runtimeName({ reference, declaredName }: NamedArtifact): string | null {
  if (reference.kind === "skill") return `skill/${declaredName ?? reference.name}`;
  if (reference.kind === "agent" && declaredName !== null) return `agent/${declaredName}`;
  return null;
}

/** Whether upper and lower case are all that part it from one of the others. */
function differsByCaseOnly(one: NamedArtifact, group: readonly NamedArtifact[]): boolean {
  const { name } = one.reference;
  return group.some(
    ({ reference }) => reference.name !== name && reference.name.toLowerCase() === name.toLowerCase(),
  );
}

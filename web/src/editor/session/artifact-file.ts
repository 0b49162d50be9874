import { placeOfArtifact } from "../../../../src/artifacts/artifact-path.ts";
import type { ArtifactKind } from "../../../../src/domain/artifact-kinds.ts";
import type { ArtifactAddress, ArtifactKindSegment } from "../../api/artifact-address.ts";

const kindOfSegment: Readonly<Record<ArtifactKindSegment, ArtifactKind>> = {
  skills: "skill",
  agents: "agent",
  commands: "command",
  rules: "rule",
};

/** The path of the file that is edited, in its collection: it tells how the text is read and merged. */
export function mainPath({ kind, name }: ArtifactAddress): string {
  return placeOfArtifact({ kind: kindOfSegment[kind], name })?.main ?? `${kind}/${name}.md`;
}

import type { ArtifactAddress } from "../api/artifact-address.ts";

/** One artifact, to read and to write. */
export default function EditorPage({ name }: ArtifactAddress) {
  return <h1>{name}</h1>;
}

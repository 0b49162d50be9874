import { type ArtifactAddress, editorPath } from "../../api/artifact-address.ts";

/** The page of an artifact as it was after an operation. */
export function pastPath(address: ArtifactAddress, at: string): string {
  const path = editorPath(address);
  return `${path}${path.includes("?") ? "&" : "?"}at=${encodeURIComponent(at)}`;
}

import type { Micros } from "./clock.ts";
import type { CommitId, SnapshotId } from "./ids.ts";

export const versionBumps = ["major", "minor", "patch"] as const;
/** How a change counts in semantic versioning of the artifact it touches. */
export type VersionBump = (typeof versionBumps)[number];

/** What changed in one artifact, by field and section. */
export interface ArtifactDelta {
  readonly artifact: string;
  readonly change: "added" | "removed" | "changed";
  readonly fields: readonly { readonly field: string; readonly change: "added" | "removed" | "changed" }[];
  readonly sections: readonly {
    readonly section: string;
    readonly change: "added" | "removed" | "changed" | "moved";
  }[];
  readonly files: readonly { readonly path: string; readonly change: "added" | "removed" | "changed" }[];
}

/** Everything a commit says; see docs/format.md for its preimage. */
export interface CommitFields {
  readonly snapshot: SnapshotId;
  readonly parents: readonly CommitId[];
  readonly author: { readonly name: string; readonly kind: string };
  readonly agentId: string | null;
  readonly modelId: string | null;
  readonly toolchainId: string | null;
  readonly promptHash: string | null;
  readonly session: string | null;
  readonly message: string | null;
  readonly committedAt: Micros;
  /** The branch it was made on. */
  readonly branch: string;
  readonly semVerBump: VersionBump | null;
  readonly breakingChanges: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly structuredDelta: readonly ArtifactDelta[];
}

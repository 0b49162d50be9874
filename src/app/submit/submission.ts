import type { Actor } from "../../domain/actors.ts";
import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import type { StetError } from "../../domain/errors.ts";
import type { BlobId, ConflictId, OperationId } from "../../domain/ids.ts";
import type { ShownUnit } from "../conflicts/shown-conflict.ts";
import type { CallerClaims } from "../environment.ts";
import type { ShownDecision } from "../outcomes.ts";

/** The text of an artifact's main file as a client submits it, with what it knows of the one that it replaces. */
export interface Submission {
  readonly artifact: ArtifactReference;
  readonly content: string;
  /** The version that the text was written on. */
  readonly base?: unknown;
  /** `"<version>"` or `*`, as RFC 9110 writes it. */
  readonly ifMatch?: string;
  /** The file's time as the client knows it: nanoseconds, in decimal digits. */
  readonly mtime?: unknown;
  /** Replaces whatever is present, on the record. */
  readonly force?: boolean;
  /** The version that the person was shown before they chose to replace it. */
  readonly seen?: unknown;
  readonly message?: string;
  readonly claims?: CallerClaims;
  /** The id of the operation that it becomes; an operation of that id is never recorded twice. */
  readonly operation?: OperationId;
}

/** The main file as it was when a submission was judged. */
export interface PresentFile {
  readonly version: string;
  /** Nanoseconds, in decimal digits: a number would round them. */
  readonly mtime: string;
}

export interface SavedText extends PresentFile {
  readonly status: "saved";
  readonly outcome: "saved" | "unchanged" | "merged";
  readonly operation: OperationId | null;
  readonly decisions: readonly ShownDecision[];
  /** The whole text, where it is another than was submitted. */
  readonly content: string | null;
  /** What a forced save replaced; it stays in history. */
  readonly replaced: ReplacedVersion | null;
}

/** What a forced save is on record with: the file, and what the client and the server each knew of it. */
export interface ReplacedVersion {
  readonly path: string;
  readonly clientVersion: string | null;
  readonly clientMtime: string | null;
  readonly version: string;
  readonly mtime: string;
  readonly actor: Actor;
}

export type RefusalReason = "stale_mtime" | "conflict" | "changed_again";

export interface RefusedText extends PresentFile {
  readonly status: "refused";
  readonly reason: RefusalReason;
  readonly mineSavedAs: BlobId;
  /** What is asked, where the text was compared: the conflict is opened once somebody asks for it. */
  readonly conflict: { readonly id: ConflictId; readonly units: readonly ShownUnit[] } | null;
  /** Who wrote the version that is present. */
  readonly theirs: { readonly actor: Actor; readonly operation: OperationId; readonly at: string } | null;
}

/** A submission that could not even be compared; `mineSavedAs` is null where its text could not be kept. */
export interface FailedText {
  readonly status: "failed";
  readonly error: StetError;
  readonly mineSavedAs: BlobId | null;
}

export type SubmissionOutcome = SavedText | RefusedText | FailedText;

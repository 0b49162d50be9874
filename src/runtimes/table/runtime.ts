import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import type { ArtifactAdapter } from "../adapters/adapter.ts";
import type { KeySlot } from "../settings/key-slot.ts";

/** Where a target lies: in the project, or in the home folder (every project of the user). */
export type TargetScope = "project" | "user";

/**
 * `write`: stet puts copies there. `read`: the runtime reads it as well, stet does not write a copy.
 * `legacy`: still read, looked at by import only. `reserved`: the runtime's own, never touched.
 */
type PlaceRole = "write" | "read" | "legacy" | "reserved";

/**
 * `folders`: `<path>/<name>/...`, one folder an artifact. `files`: `<path>/<name><extension>`, one file an
 * artifact, its name may hold slashes. `instructions`: files of one name in any folder of the project.
 * `keys`: `<path>` is one file that belongs to the user or the runtime, and stet owns keys in it.
 */
type PlaceLayout = "folders" | "files" | "instructions" | "keys";

/** How sure a fact is: the vendor's own source or documentation, another adapter's source, a report, none. */
type Evidence = "vendor" | "adapter" | "report" | "unverified";

export interface RuntimePlace {
  readonly kind: ArtifactKind;
  readonly scope: TargetScope;
  /** Below the project folder or the home folder, `/` between segments. */
  readonly path: string;
  readonly role: PlaceRole;
  readonly format: "markdown" | "toml" | "json" | "yaml";
  readonly layout: PlaceLayout;
  /** What comes after an artifact's name where it is not the format's own: `.agent.md`, `/AGENT.md`. */
  readonly extension?: string;
  readonly evidence: Evidence;
  /** For `instructions`: the files that switch the reading off. */
  readonly hiding?: Hiding;
  /** For `instructions`: how many folders below the project they are still read in; all, if not given. */
  readonly depthMost?: number;
  /** A variable that keeps the runtime from reading the place while it is set. */
  readonly unlessSet?: string;
  /** For `keys`: what of the file is stet's, and how it is read and written. */
  readonly slot?: KeySlot;
  /** For `keys`: other names of the file; the first name that is there is taken, `path` where none is. */
  readonly alternatives?: readonly string[];
  readonly note?: string;
  /** Names of further files that belong to an artifact there: `openai.yaml`. */
  readonly beside?: readonly string[];
  /** Other things lie there as well: a file is an artifact of this kind only where stet wrote it. */
  readonly isShared?: true;
}

/** Files that keep a runtime from reading the instructions beside them, or those in every folder below. */
export interface Hiding {
  readonly names: readonly string[];
  readonly reach: "folder" | "below";
  /** What such a file puts before a path to bring that file in all the same; null where it cannot. */
  readonly importMark: string | null;
}

/** A kind that stet does not bring to a runtime, and why; at every scope where none is named. */
interface UnsupportedKind {
  readonly kind: ArtifactKind;
  readonly scope?: TargetScope;
  readonly why: string;
}

/** A file or folder that shows that a runtime is used. A bare `.agents` shows nobody. */
interface DetectionSign {
  readonly scope: TargetScope;
  readonly path: string;
}

/** A variable that a runtime sets for the processes it starts, and what it tells. */
export interface ProcessSign {
  readonly variable: string;
  readonly tells: "runtime" | "session" | "agent" | "model";
  readonly evidence: Evidence;
}

/**
 * A folder of the user scope that an environment variable moves: `CODEX_HOME` for `.codex`. Of several that hold
 * a path the first counts.
 */
interface EnvironmentRoot {
  readonly variable: string;
  readonly path: string;
  /** The folder below the variable's, where it is not that one itself. */
  readonly below?: string;
  /** Where the variable counts; everywhere, if not given. */
  readonly platform?: "win32";
  /** A file that lies inside the moved folder, and beside it where nothing is moved. */
  readonly isFile?: true;
}

/** Everything stet knows of a tool that reads such files. Data first; code only in `adapters`. */
export interface Runtime {
  readonly id: string;
  readonly title: string;
  readonly environmentRoots: readonly EnvironmentRoot[];
  readonly places: readonly RuntimePlace[];
  readonly unsupported: readonly UnsupportedKind[];
  readonly detection: readonly DetectionSign[];
  readonly processSigns: readonly ProcessSign[];
  /** Where a skill lies in several of its folders the runtime shows it once: how that is known. */
  readonly showsSkillOnce?: string;
  /** Kinds that the runtime knows by the frontmatter's `name` instead of by the path. */
  readonly goesByDeclaredName: readonly ArtifactKind[];
  /** Whether an artifact without a declared name goes by its file's. */
  readonly fallsBackToFileName: boolean;
  /** Kinds whose files change on the way; every other kind passes through byte for byte. */
  readonly adapters: Readonly<Partial<Record<ArtifactKind, ArtifactAdapter>>>;
  readonly hooks: HookPlace | null;
  /** For a runtime without commands: where they lie as skills, for those who ask for it. */
  readonly commandsAsSkills?: { readonly places: readonly RuntimePlace[]; readonly adapter: ArtifactAdapter };
}

/** Where the runtime's hooks are configured, and the event after which files may have changed. */
export interface HookPlace {
  readonly path: Readonly<Record<TargetScope, string>>;
  readonly event: string;
  readonly matcher: string;
  readonly timeoutSeconds: number;
  readonly evidence: Evidence;
  /** What the user has to do or know besides; for the plan. */
  readonly note: string | null;
}

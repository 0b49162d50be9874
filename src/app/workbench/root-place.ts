import { join } from "node:path";
import { collectionFilePath } from "../../collections/collection-file.ts";
import { lockFilePath } from "../../collections/lock/lock-path.ts";
import { artifactFolders } from "../../runtimes/placement/artifact-folders.ts";
import { instructionsPrefix } from "../../runtimes/placement/canonical-places.ts";
import type { Checkout } from "../../store/checkout-store.ts";
import type { Place, ScannedPart } from "../../workspace/place.ts";
import type { Scope } from "../environment.ts";

export const rootPlaceName = "root";

/** What stet writes into `stet/.gitignore`: private drafts and its own work are nobody else's business. */
export const ignoreFileText = "/local/\n/.work/\n";

/** Where stet keeps locks, staged files and asides of a root. */
export function workFolder(root: string): string {
  return join(root, "stet", ".work");
}

/** The parts of a root that are versioned. A runtime's own files beside them (settings, caches) are not. */
const rootParts: readonly ScannedPart[] = [
  ...["skills", "agents", "commands", "rules", "reports", "stet/mcp", "stet/overrides"].map(
    (path): ScannedPart => ({ kind: "folder", path, recursive: true }),
  ),
  { kind: "file", path: "stet/hooks.json" },
  { kind: "file", path: collectionFilePath },
  { kind: "file", path: lockFilePath },
];

/** Folder instructions lie in the project itself, in any of its folders. */
const instructionFiles = ["AGENTS.md", "CLAUDE.md"] as const;

/** An `AGENTS.md` inside a skill is a file of that skill, in the root and in every runtime's copy of it. */
export const instructionParts: readonly ScannedPart[] = [
  {
    kind: "everywhere",
    prefix: instructionsPrefix,
    fileNames: instructionFiles,
    except: artifactFolders("project").map((folder) => instructionsPrefix + folder),
  },
];

/** The place of a checkout's canonical files. Folder instructions lie in the project itself. */
export function rootPlace(checkout: Pick<Checkout, "id" | "root" | "base">, scope: Scope): Place {
  return {
    checkout: checkout.id,
    name: rootPlaceName,
    base: checkout.root,
    mounts: scope === "project" ? [{ prefix: instructionsPrefix, base: checkout.base }] : [],
    scanned: scope === "project" ? [...rootParts, ...instructionParts] : rootParts,
    work: workFolder(checkout.root),
  };
}

import type { CheckoutId } from "../domain/ids.ts";
import type { PlaceName } from "../store/checkout-store.ts";

/**
 * A set of mapped paths on disk: a checkout's root or one target. `base` is an absolute real path, and a
 * path `a/b` of the place lies at `base/a/b`, unless a prefix is mapped elsewhere (`@project/` of a root).
 */
export interface Place {
  readonly checkout: CheckoutId;
  readonly name: PlaceName;
  readonly base: string;
  /** Prefixes that lie elsewhere: `@project/` at the project folder, or one file by its path. Longest first. */
  readonly mounts: readonly { readonly prefix: string; readonly base: string }[];
  /** Folders and single files below the place that are looked at, as paths of the place. */
  readonly scanned: readonly ScannedPart[];
  /** Where new files are staged: on the file system of the base, outside every folder a runtime scans. */
  readonly work: string;
}

export type ScannedPart =
  | {
      readonly kind: "folder";
      readonly path: string;
      readonly recursive: boolean;
      readonly extensions?: readonly string[];
    }
  | { readonly kind: "file"; readonly path: string }
  /**
   * Files of these names in any folder below the mount (`AGENTS.md` of the project); ignored folders and those
   * under `except`, as paths of the place, left out.
   */
  | {
      readonly kind: "everywhere";
      readonly prefix: string;
      readonly fileNames: readonly string[];
      readonly except?: readonly string[];
    };

import type { ErrorCode } from "../domain/error-codes.ts";
import { StetError } from "../domain/errors.ts";
import type { SnapshotId } from "../domain/ids.ts";
import { buildSnapshot } from "./build-snapshot.ts";
import type { ObjectSource } from "./object-source.ts";
import { readEntries } from "./read-snapshot.ts";

/** `where` names the node that is at fault, or the snapshot where its shape as a whole is. */
export type CanonicalCheck =
  | { readonly status: "canonical"; readonly files: number; readonly nodes: number }
  | { readonly status: "refused"; readonly code: ErrorCode; readonly where: string; readonly why: string };

/**
 * Reads a whole tree that came from elsewhere and cuts its entries anew: refused is one with absent or damaged
 * nodes, paths out of order or twice, bad paths, modes or sizes, or a shape that these entries do not have.
 */
export async function checkCanonical(source: ObjectSource, id: SnapshotId): Promise<CanonicalCheck> {
  try {
    const entries = await readEntries(source, id);
    const built = buildSnapshot(entries);
    if (built.id === id) return { status: "canonical", files: entries.size, nodes: built.nodes.length };
    const why = "its entries make another tree";
    return { status: "refused", code: "E-STORE-DAMAGED", where: `node ${id}`, why };
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
    return { status: "refused", code: error.code, where: error.where, why: error.why };
  }
}

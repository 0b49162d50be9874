import { unknownActor } from "../domain/actors.ts";
import { StetError } from "../domain/errors.ts";
import type { FileEntry } from "../domain/files.ts";
import { type CheckoutId, type CollectionId, randomId } from "../domain/ids.ts";
import type { JournalRow } from "../store/checkout-store.ts";
import { errorFromDisk } from "./disk-errors.ts";
import { readSteady } from "./read-steady.ts";
import type { WriteContext } from "./write-context.ts";

/**
 * Records what lies at `path` in history as a version of the row's file: an operation of an unknown writer
 * that moves no ref. Durable when it returns.
 *
 * @throws StetError E-STUCK where it cannot be read or stored; the file stays where it is.
 */
export async function keepVersion(
  context: Omit<WriteContext, "lock">,
  row: Pick<JournalRow, "checkout" | "place" | "path" | "before">,
  path: string,
): Promise<FileEntry> {
  const content = readContent(context, path);
  if (content === null) throw stuck(path, "It is not a file whose content can be kept.");
  const collection = await collectionOf(context, row.checkout);
  if (collection === null) throw stuck(path, "The checkout it belongs to is not known any more.");
  const { outcomes } = await context.store.write([
    {
      objects: [{ kind: "blob", id: content.entry.blob, bytes: content.bytes }],
      operation: {
        id: randomId("operation", context.random(20)),
        collections: [collection],
        actor: unknownActor,
        kind: "capture",
        reason: "a writer got between while stet put the file in place; its version is kept here",
        message: null,
        refs: [],
        changes: [
          {
            collection,
            path: row.path,
            target: row.place === "root" ? null : row.place,
            artifact: context.artifactOf?.(row.place, row.path) ?? null,
            before: row.before,
            after: content.entry,
          },
        ],
        undoes: null,
        group: null,
        details: { raced: "true" },
      },
      openConflicts: [],
      settleConflicts: [],
      pins: [],
      unpins: [],
    },
  ]);
  if (outcomes[0]?.status !== "done") throw stuck(path, "The store did not take it.");
  return content.entry;
}

function readContent(context: Pick<WriteContext, "disk">, path: string) {
  try {
    return readSteady(context.disk, path);
  } catch (error) {
    throw errorFromDisk(error, "read a file that was set aside", path, "The file stays where it is.");
  }
}

async function collectionOf(
  context: Pick<WriteContext, "store">,
  checkout: CheckoutId,
): Promise<CollectionId | null> {
  const checkouts = await context.store.checkouts.checkouts();
  return checkouts.find((one) => one.id === checkout)?.collection ?? null;
}

function stuck(path: string, why: string): StetError {
  return new StetError({
    code: "E-STUCK",
    what: "A file that another writer had put in the way could not be kept in history.",
    where: path,
    why,
    kept: "The file stays where it is.",
    fixes: [{ cmd: "stet status", summary: "shows what waits for it" }],
  });
}

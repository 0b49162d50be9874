import {
  type CollectionFile,
  collectionFilePath,
  parseCollectionFile,
} from "../../collections/collection-file.ts";
import { StetError } from "../../domain/errors.ts";
import { regularMode } from "../../domain/files.ts";
import { pathOf } from "../../domain/paths.ts";
import type { KeyEdit } from "../../formats/format-value.ts";
import { decodeText, encodeText } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { ChangeOutcome } from "../outcomes.ts";
import type { FileEdit } from "../record/change.ts";
import { record } from "../record/record.ts";
import type { Workbench } from "./workbench.ts";

/** What the collection's own file says now; a use case may have captured an edit of it. */
export async function collectionFile(bench: Workbench): Promise<CollectionFile> {
  const file = parseCollectionFile(await collectionFileText(bench));
  return "why" in file ? bench.located.file : file;
}

async function collectionFileText(bench: Workbench): Promise<string> {
  const entry = (await bench.present()).entries.get(pathOf(collectionFilePath));
  const bytes = entry === undefined ? undefined : await bench.readBlob(entry.blob);
  return (bytes === undefined ? null : decodeText(bytes)) ?? bench.located.fileText;
}

/**
 * Edits keys of `collection.toml`, as one operation that undo takes back; comments and all else stay. Throws
 * E-INVALID where the outcome would not be a collection's file.
 */
export async function editCollectionFile(
  bench: Workbench,
  edits: readonly KeyEdit[],
  change: { readonly reason: string | null; readonly details: Readonly<Record<string, string>> },
): Promise<ChangeOutcome> {
  return await record(bench, {
    kind: "settings",
    ...change,
    edits: [await collectionFileEdit(bench, edits)],
  });
}

/** The same as an edit that goes with others. */
export async function collectionFileEdit(bench: Workbench, edits: readonly KeyEdit[]): Promise<FileEdit> {
  const edited = tomlDocument.edit(await collectionFileText(bench), edits);
  if (!edited.ok) throw notEditable(edited.problem.message);
  const file = parseCollectionFile(edited.text);
  if ("why" in file) throw notEditable(file.why);
  const bytes = encodeText(edited.text);
  if (bytes === null) throw notEditable("The value cannot be written as UTF-8.");
  const path = pathOf(collectionFilePath);
  const before = (await bench.present()).entries.get(path);
  const after = { blob: blobId(bytes), mode: before?.mode ?? regularMode, size: bytes.length };
  return { path, after, bytes };
}

function notEditable(why: string): StetError {
  return new StetError({
    code: "E-INVALID",
    what: "The collection's own file cannot be changed so.",
    where: collectionFilePath,
    why,
    kept: "It was left as it is.",
    fixes: [{ cmd: "stet config", summary: "see the settings and what each may be" }],
  });
}

import { mainInner } from "../artifacts/artifact-path.ts";
import { findSecrets, maskSecrets, textToScan } from "../artifacts/secrets.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { FileEntry } from "../domain/files.ts";
import type { BlobId } from "../domain/ids.ts";
import type { CollectionPath } from "../domain/paths.ts";
import { readEntries } from "../snapshot/read-snapshot.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Address, artifactAmong, readAddress } from "./history/artifact-argument.ts";
import { readPoint } from "./history/point.ts";
import { entriesOfVersion } from "./history/version-history.ts";
import { type Answer, answer } from "./outcomes.ts";
import { presentAt } from "./workbench/present.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

export interface CatInput extends CallOptions {
  /** `<kind>/<name>[:path][@<id|time>]`. */
  readonly what: string;
}

export interface CatData {
  readonly bytes: Uint8Array;
  readonly path: string | null;
  readonly blob: BlobId;
  /** Set where a secret stands in the file: it is masked in every view. */
  readonly masked: boolean;
}

/** The bytes of one file at one time. Without a path, an artifact's main file. */
export async function cat(environment: Environment, input: CatInput): Promise<Answer<CatData>> {
  return await reading(environment, input, async (bench) => {
    const address = readAddress(input.what);
    const { blob, path } = await findFile(bench, address);
    const bytes = await readBlob(bench, blob, input.what);
    const findings = await findSecrets(path ?? "", bytes);
    const allowed = bench.allowedSecrets;
    const sealed = findings.filter((one) => !allowed.has(one.fingerprint));
    if (sealed.length === 0) return answer({ bytes, path, blob, masked: false }, { notices: bench.notices });
    const text = maskSecrets(textToScan(bytes), sealed);
    bench.notice("W-SECRET", `${sealed.length} secret(s) masked`);
    return answer(
      { bytes: new TextEncoder().encode(text), path, blob, masked: true },
      { notices: bench.notices, next: sealed.map((one) => `stet allow ${one.fingerprint} --reason "..."`) },
    );
  });
}

interface FoundFile {
  readonly blob: BlobId;
  readonly path: string | null;
}

async function findFile(bench: Workbench, address: Address): Promise<FoundFile> {
  if (address.at === null) return fileOf(address, (await bench.present()).entries);
  const ofVersion = await filesOfVersion(bench, address.artifact, address.at);
  if (ofVersion !== null) return fileOf(address, ofVersion);
  const point = await readPoint(bench, address.at);
  if (point.kind === "blob") return { blob: point.id, path: null };
  if (point.kind === "version") {
    const entries = await readEntries(bench.store.history, point.id);
    const inner = address.inner ?? mainInner(address.artifact.kind);
    for (const [path, entry] of entries) if (path === inner) return { blob: entry.blob, path };
    throw noSuchFile(address, inner);
  }
  const commit = point.kind === "commit" ? point.id : point.commit;
  return fileOf(address, (await presentAt(bench.store, commit)).entries);
}

/** Versions of an artifact are computed and not stored, so no id in the store stands for one. */
async function filesOfVersion(bench: Workbench, artifact: Address["artifact"], at: string) {
  if (!/^sha256:[0-9a-f]{64}$/.test(at)) return null;
  const [found] = await bench.store.history.resolve(at);
  return found === undefined ? await entriesOfVersion(bench, artifact, at) : null;
}

function fileOf(address: Address, entries: ReadonlyMap<CollectionPath, FileEntry>): FoundFile {
  const artifact = artifactAmong({ entries }, address.artifact);
  const file =
    address.inner === null ? artifact.main : artifact.files.find((one) => one.inner === address.inner);
  if (file === null || file === undefined)
    throw noSuchFile(address, address.inner ?? mainInner(address.artifact.kind));
  return { blob: file.entry.blob, path: file.path };
}

/** A blob's bytes. Throws E-PRUNED or E-OBJECT-MISSING, which say why it is gone. */
export async function readBlob(bench: Workbench, blob: BlobId, where: string): Promise<Uint8Array> {
  const bytes = await bench.readBlob(blob);
  if (bytes !== undefined) return bytes;
  const [state] = await bench.store.history.inspect([blob]);
  const pruned = state?.state === "pruned";
  throw new StetError({
    code: pruned ? "E-PRUNED" : "E-OBJECT-MISSING",
    what: "That version's bytes are not in the store.",
    where,
    why: pruned
      ? `They were pruned by ${state.tombstone.operation} (${state.tombstone.policy}).`
      : "They are absent without a tombstone: they were lost.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet verify", summary: "see what else is affected" }],
  });
}

function noSuchFile(address: Address, inner: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "The artifact has no such file.",
    where: `${formatArtifact(address.artifact)}:${inner}`,
    why: "No file of that path belongs to it at that time.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: `stet log ${formatArtifact(address.artifact)}`, summary: "see what changed, and when" }],
  });
}

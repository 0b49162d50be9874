/**
 * What `init` makes of the files it finds in several folders: which copies are one artifact, and which of
 * them is canonical.
 *
 * Invariants:
 * - every file found that belongs to an artifact is in exactly one copy, and no copy is left out;
 * - the canonical copy is the first in the order of the folders that is in the canonical words already, else the
 *   first that can be brought into them;
 * - a copy is `equal` only where nothing of meaning differs, in any of its files.
 */
import { artifactOfPath } from "../../artifacts/artifact-path.ts";
import { type ArtifactReference, formatArtifact } from "../../domain/artifact-kinds.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { BlobId } from "../../domain/ids.ts";
import { comparePaths, parsePath } from "../../domain/paths.ts";
import { parseMarkdownDocument, setFrontmatterFields } from "../../formats/markdown-document.ts";
import { decodeText, encodeText } from "../../formats/text-shape.ts";
import type { ArtifactAdapter, FileContents } from "../adapters/adapter.ts";
import { passThroughAdapter } from "../adapters/pass-through.ts";
import { driftState } from "../drift/drift.ts";
import { fileVersions, type ReadBlob } from "../drift/file-versions.ts";
import type { NewContent } from "../drift/sync-row.ts";
import { contents, entryOf } from "../drift/wanted-files.ts";
import { kindFolders } from "../placement/canonical-places.ts";
import { canonicalPathIn, liesIn } from "../placement/path-mapping.ts";
import type { Runtime, RuntimePlace, TargetScope } from "../table/runtime.ts";
import { similarity } from "./similarity.ts";

/** A folder that was looked through; `runtime` null for the open `.agents` layout. Paths are below the base. */
export interface FoundFolder {
  readonly runtime: Runtime | null;
  readonly scope: TargetScope;
  readonly files: ReadonlyMap<string, FileEntry>;
}

/** One copy of an artifact as it was found. */
interface FoundCopy {
  /** `.agents`, or the id of the runtime. */
  readonly from: string;
  readonly paths: readonly string[];
  /** Its files by canonical path, in the canonical form. Empty where `problem` says why there is none. */
  readonly files: ReadonlyMap<string, NewContent>;
  readonly problem: string | null;
}

/** How a further copy stands to the canonical one, and why. */
interface FurtherCopy extends FoundCopy {
  /** `near`: an edited copy of the same. `other`: only the name is the same. */
  readonly relation: "equal" | "near" | "other" | "unreadable";
  readonly reason: string;
}

export interface ImportMatch {
  readonly artifact: ArtifactReference;
  /** Null where no copy can be read as Markdown: it stays where it is, and is reported. */
  readonly canonical: FoundCopy | null;
  readonly further: readonly FurtherCopy[];
}

/** From this share of equal lines on, two texts of one name are taken for versions of one artifact. */
const nearShare = 0.5;

/**
 * Matches copies by kind, name and content. `folders` come in order of precedence: the first copy is the
 * canonical one. Sorted by artifact. A `near` copy is for the caller to record as agreed at the canonical
 * version, so that its target is `ahead`; an `other` one is left without a record, so that it is `diverged`.
 */
export async function importMatches(
  folders: readonly FoundFolder[],
  readBlob: ReadBlob,
): Promise<readonly ImportMatch[]> {
  const groups = new Map<string, { artifact: ArtifactReference; copies: RawCopy[] }>();
  const seen = new Set<string>();
  for (const folder of folders) {
    for (const raw of rawCopies(folder, seen)) {
      const key = formatArtifact(raw.artifact);
      const group = groups.get(key) ?? { artifact: raw.artifact, copies: [] };
      group.copies.push(raw);
      groups.set(key, group);
    }
  }
  const sorted = [...groups].sort(([one], [other]) => comparePaths(one, other));
  const matches: ImportMatch[] = [];
  for (const [, { artifact, copies }] of sorted) matches.push(await matched(artifact, copies, readBlob));
  return matches;
}

interface RawCopy {
  readonly artifact: ArtifactReference;
  readonly from: string;
  readonly adapter: ArtifactAdapter;
  /** Canonical paths and entries by the path where they were found. */
  readonly files: Map<string, { readonly canonical: string; readonly entry: FileEntry }>;
}

function rawCopies({ runtime, scope, files }: FoundFolder, seen: Set<string>): readonly RawCopy[] {
  const copies = new Map<string, RawCopy>();
  for (const [path, entry] of files) {
    const place = openSettings(path) ?? (runtime === null ? openPlace(path) : placeOf(runtime, scope, path));
    const canonical =
      place === undefined ? null : (settingsOfRoot.exec(path)?.[1] ?? canonicalPathIn(place, path));
    const parsed = canonical === null ? undefined : parsePath(canonical);
    const part = parsed === undefined ? null : artifactOfPath(parsed);
    if (place === undefined || canonical === null || part === null || seen.has(path)) continue;
    // `.agents/skills` is the open layout's and Codex' as well: one file, one copy.
    seen.add(path);
    const key = `${place.path} ${formatArtifact(part.artifact)}`;
    // What a runtime reads besides its own places is in the words of whoever writes there.
    const own = place.role === "read" ? undefined : runtime?.adapters[place.kind];
    const adapter = own ?? passThroughAdapter;
    const from = runtime?.id ?? ".agents";
    const copy = copies.get(key) ?? { artifact: part.artifact, from, adapter, files: new Map() };
    copy.files.set(path, { canonical, entry });
    copies.set(key, copy);
  }
  return [...copies.values()];
}

function placeOf(runtime: Runtime, scope: TargetScope, path: string): RuntimePlace | undefined {
  const around = runtime.places
    .filter((place) => place.scope === scope && liesIn(place, path))
    .sort((one, other) => other.path.length - one.path.length)[0];
  return around?.role === "reserved" || around?.layout === "instructions" ? undefined : around;
}

/** Servers and hooks in a root: the canonical files themselves. */
const settingsOfRoot = /^\.(?:agents|claude)\/(stet\/(?:mcp\/[^/]+|hooks)\.json)$/;

function openSettings(path: string): RuntimePlace | undefined {
  if (!settingsOfRoot.test(path)) return undefined;
  const kind = path.endsWith("/stet/hooks.json") ? "hooks" : "mcp";
  const shared = { scope: "project", role: "read", format: "json", evidence: "vendor" } as const;
  return { ...shared, kind, path: path.slice(0, path.lastIndexOf("/")), layout: "files" };
}

function openPlace(path: string): RuntimePlace | undefined {
  const shared = { scope: "project", role: "read", format: "markdown", evidence: "vendor" } as const;
  const kind = (["skill", "agent", "command", "rule"] as const).find((one) =>
    path.startsWith(`.agents/${kindFolders[one]}/`),
  );
  if (kind === undefined) return undefined;
  return {
    ...shared,
    kind,
    path: `.agents/${kindFolders[kind]}`,
    layout: kind === "skill" ? "folders" : "files",
  };
}

async function matched(
  artifact: ArtifactReference,
  raws: readonly RawCopy[],
  readBlob: ReadBlob,
): Promise<ImportMatch> {
  let canonical: FoundCopy | null = null;
  const further: FurtherCopy[] = [];
  // What is Markdown already is taken before what must be brought into it, whatever the order of folders.
  const ordered = [...raws.filter((raw) => isMarkdown(raw)), ...raws.filter((raw) => !isMarkdown(raw))];
  for (const raw of ordered) {
    const copy = await canonicalCopy(raw, canonical, readBlob);
    if (canonical === null && copy.problem === null) canonical = copy;
    else further.push({ ...copy, ...(await relationOf(copy, canonical, readBlob)) });
  }
  return { artifact, canonical, further };
}

function isMarkdown({ adapter }: RawCopy): boolean {
  return adapter === passThroughAdapter;
}

async function canonicalCopy(raw: RawCopy, first: FoundCopy | null, readBlob: ReadBlob): Promise<FoundCopy> {
  const paths = [...raw.files.keys()];
  const none = { from: raw.from, paths, files: new Map<string, NewContent>() };
  if (isMarkdown(raw)) {
    const files = [...raw.files.values()].map(({ canonical, entry }): [string, NewContent] => [
      canonical,
      { entry, bytes: null },
    ]);
    return { from: raw.from, paths, files: new Map(files), problem: null };
  }
  const there = await contents(new Map([...raw.files].map(([path, { entry }]) => [path, entry])), readBlob);
  const previous = await contents(entriesOf(first), withMade(first, readBlob));
  if (typeof there === "string") return { ...none, problem: there };
  if (typeof previous === "string") return { ...none, problem: previous };
  const canonicalPath = (path: string) => raw.files.get(path)?.canonical ?? path;
  const parsing = raw.adapter.parse({ artifact: raw.artifact, files: there, previous, canonicalPath });
  if (parsing.outcome === "problem") return { ...none, problem: parsing.why };
  const made = new Map<BlobId, Uint8Array>();
  const becoming = first === null ? withName(raw.artifact, parsing.files) : parsing.files;
  const files = [...becoming].map(([path, file]): [string, NewContent] => [
    path,
    { entry: entryOf(file, made), bytes: file.bytes },
  ]);
  return { from: raw.from, paths, files: new Map(files), problem: null };
}

/**
 * An agent with a `name`: a runtime that goes by the file's name leaves it out (OpenCode), and another does not
 * load an agent without one (Claude Code).
 */
function withName({ kind, name }: ArtifactReference, files: FileContents): FileContents {
  if (kind !== "agent") return files;
  return new Map(
    [...files].map(([path, file]) => {
      const text = decodeText(file.bytes);
      if (text === null || typeof parseMarkdownDocument(text).fields?.name === "string") return [path, file];
      const named = setFrontmatterFields(text, { name: name.slice(name.lastIndexOf("/") + 1) });
      const bytes = named.ok ? encodeText(named.text) : null;
      return [path, bytes === null ? file : { ...file, bytes }];
    }),
  );
}

async function relationOf(
  copy: FoundCopy,
  canonical: FoundCopy | null,
  readBlob: ReadBlob,
): Promise<Pick<FurtherCopy, "relation" | "reason">> {
  if (copy.problem !== null || canonical === null) {
    return { relation: "unreadable", reason: copy.problem ?? "there is nothing to compare it with" };
  }
  const one = entriesOf(canonical);
  const other = entriesOf(copy);
  const read = withMade(canonical, withMade(copy, readBlob));
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  const files = await Promise.all(
    paths.map((path) =>
      fileVersions(
        {
          path,
          wouldWrite: one.get(path) ?? null,
          present: other.get(path) ?? null,
          lastWritten: null,
          fresh: null,
        },
        passThroughAdapter,
        read,
      ),
    ),
  );
  const drift = driftState(files);
  if (drift.state === "in-sync") return { relation: "equal", reason: drift.reason };
  const share = await sharedLines(one, other, read);
  const percent = `${Math.round(share * 100)} % of the lines are the same`;
  return share >= nearShare
    ? { relation: "near", reason: percent }
    : { relation: "other", reason: `only the name is the same: ${percent}` };
}

/** The share of equal lines over all Markdown files of both. */
async function sharedLines(
  one: ReadonlyMap<string, FileEntry>,
  other: ReadonlyMap<string, FileEntry>,
  readBlob: ReadBlob,
): Promise<number> {
  const text = async (entries: ReadonlyMap<string, FileEntry>) => {
    const parts: string[] = [];
    for (const [path, { blob }] of entries) {
      const bytes = /\.(?:md|json)$/.test(path) ? await readBlob(blob) : undefined;
      if (bytes !== undefined) parts.push(new TextDecoder().decode(bytes));
    }
    return parts.join("\n");
  };
  return similarity(await text(one), await text(other));
}

function entriesOf(copy: FoundCopy | null): ReadonlyMap<string, FileEntry> {
  return new Map([...(copy?.files ?? [])].map(([path, { entry }]) => [path, entry]));
}

function withMade(copy: FoundCopy | null, readBlob: ReadBlob): ReadBlob {
  const made = new Map([...(copy?.files.values() ?? [])].map(({ entry, bytes }) => [entry.blob, bytes]));
  return async (id) => made.get(id) ?? (await readBlob(id));
}

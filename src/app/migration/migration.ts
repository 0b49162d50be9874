import { mainInner, pathOfInner } from "../../artifacts/artifact-path.ts";
import type { Carried, CarriedUpstream, LeftBehind } from "../../collections/others/carried.ts";
import { isAsPublished } from "../../collections/others/gh-skill.ts";
import { type FoundArtifact, findArtifacts } from "../../collections/sources/find-artifacts.ts";
import type { SourceTree, WantedVersion } from "../../collections/sources/source-tree.ts";
import { unexcepted } from "../../collections/trust/look-at.ts";
import type { TrustFinding } from "../../collections/trust/trust-finding.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { type FileEntry, sameEntry } from "../../domain/files.ts";
import { type CollectionPath, parsePath } from "../../domain/paths.ts";
import { decodeText } from "../../formats/text-shape.ts";
import type { FileEdit } from "../record/change.ts";
import { type Arrival, findingsOfNew, receive, type SentArtifact, sentArtifact } from "../updates/arrival.ts";
import type { Upstreams } from "../updates/fetch-upstreams.ts";
import { openTree } from "../updates/plan-updates.ts";
import { isPower } from "../updates/powers.ts";
import { editsOfArrival, type UpstreamChange } from "../updates/record-upstreams.ts";
import type { Tracked } from "../updates/tracked.ts";
import type { Workbench } from "../workbench/workbench.ts";

type Entries = ReadonlyMap<CollectionPath, FileEntry>;

/** One artifact that was taken over. */
export interface MigratedArtifact {
  readonly artifact: string;
  /** Null for one that has no source: it is this collection's own from now on. */
  readonly source: string | null;
  /**
   * `as-published`: it says what its publisher sent; `edited`: it was edited since, and the edits stay; `new`: it was
   * not here, and comes with this.
   */
  readonly state: "as-published" | "edited" | "new";
  readonly findings: readonly TrustFinding[];
}

/**
 * What other tools brought, taken over one after the other. What cannot be taken is left, with its reason, and holds
 * up no other (BUGS U6). An edit made since the other tool installed it stays, and is known as one (BUGS U2, U3).
 */
export class Migration {
  readonly changes: UpstreamChange[] = [];
  readonly migrated: MigratedArtifact[] = [];
  readonly left: LeftBehind[] = [];
  readonly #bench: Workbench;
  readonly #tracked: Tracked;
  readonly #upstreams: Upstreams;
  readonly #here: ReadonlyMap<string, Entries>;

  constructor(bench: Workbench, tracked: Tracked, upstreams: Upstreams, here: ReadonlyMap<string, Entries>) {
    this.#bench = bench;
    this.#tracked = tracked;
    this.#upstreams = upstreams;
    this.#here = here;
  }

  /** `folder` is what the other tool's own paths are below. */
  async take({ upstreams, own, left }: Carried, folder: string): Promise<void> {
    this.left.push(...left);
    for (const one of upstreams) await this.#takeUpstream(one, folder);
    for (const one of own) {
      const key = formatArtifact(one.artifact);
      if (this.#here.has(key)) this.#leave(key, "there is one of that name here already");
      else await this.#addFrom(`folder:${folder}`, { artifact: one.artifact, path: one.files }, null);
    }
  }

  async #takeUpstream(carried: CarriedUpstream, folder: string): Promise<void> {
    const { source, artifact } = carried;
    const shown = artifact === null ? `${source} ${carried.path}`.trim() : formatArtifact(artifact);
    const tree = await this.#treeOf(source, wantedOf(carried));
    if (typeof tree === "string") return this.#leave(shown, tree);
    const found = foundIn(tree, carried);
    if (found.length === 0)
      this.#leave(shown, `${source} holds no artifact at ${JSON.stringify(carried.path)}`);
    for (const one of found) await this.#takeFound(carried, tree, one, folder);
  }

  async #takeFound(
    carried: CarriedUpstream,
    tree: SourceTree,
    found: FoundArtifact,
    folder: string,
  ): Promise<void> {
    const key = formatArtifact(found.artifact);
    if (this.#tracked.entries.has(key)) return this.#leave(key, "its source is known here already");
    if (this.changes.some((one) => one.key === key))
      return this.#leave(key, "another of that name is taken over");
    const { source, ref, range, pin } = carried;
    const entry = {
      artifact: found.artifact,
      source,
      ref,
      range,
      path: found.path,
      files: [],
      pin,
      ignore: null,
    };
    const published = await sentArtifact(tree, found, []);
    const mine = this.#here.get(key);
    if (mine === undefined) return await this.#takeAbsent(carried, { key, entry, published }, folder);
    const { tree: noted } = carried.resolved;
    const arrival = await receive(published, this.#bench.store);
    const restored = await this.#asPublished(mine, arrival, published);
    if (restored === null && noted !== null && tree.hashOf(found.path) !== noted) {
      return this.#leave(
        key,
        "what was installed is no longer where it came from, so edits made since cannot be told",
      );
    }
    const state = restored === null ? "edited" : "as-published";
    this.migrated.push({ artifact: key, source, state, findings: [] });
    this.#change(key, entry, arrival, restored ?? []);
  }

  /** One that only the other tool has: its own copy where there is one, else what was published. */
  async #takeAbsent(
    carried: CarriedUpstream,
    {
      key,
      entry,
      published,
    }: { key: string; entry: NonNullable<UpstreamChange["entry"]>; published: SentArtifact },
    folder: string,
  ): Promise<void> {
    const { artifact } = entry;
    const copy =
      carried.artifact === null || carried.files === null
        ? null
        : await this.#treeOf(`folder:${folder}`, none);
    const copied =
      copy === null || typeof copy === "string"
        ? null
        : await sentArtifact(copy, { artifact, path: carried.files ?? "" }, []);
    const sent = copied === null || copied.files.length === 0 ? published : copied;
    const findings = await this.#allowedFindings(key, sent);
    if (findings === null) return;
    const arrival = await receive(published, this.#bench.store);
    const standing = sent === published ? arrival : await receive(sent, this.#bench.store);
    const isEdited = standing.snapshot.id !== arrival.snapshot.id;
    this.migrated.push({ artifact: key, source: entry.source, state: isEdited ? "edited" : "new", findings });
    this.#change(key, entry, arrival, editsAt(entry.artifact, standing));
  }

  /** An artifact without a source, out of the other tool's folder. */
  async #addFrom(source: string, found: FoundArtifact, entry: UpstreamChange["entry"]): Promise<void> {
    const key = formatArtifact(found.artifact);
    const tree = await this.#treeOf(source, none);
    if (typeof tree === "string") return this.#leave(key, tree);
    const sent = await sentArtifact(tree, found, []);
    if (sent.files.length === 0) return this.#leave(key, `its files are not at ${found.path}`);
    const findings = await this.#allowedFindings(key, sent);
    if (findings === null) return;
    const arrival = await receive(sent, this.#bench.store);
    this.migrated.push({ artifact: key, source: null, state: "new", findings });
    this.#change(key, entry, arrival, editsAt(found.artifact, arrival));
  }

  /** Findings that are only shown; null where something has to be allowed first, which leaves the artifact. */
  async #allowedFindings(key: string, sent: SentArtifact): Promise<readonly TrustFinding[] | null> {
    const allowed = this.#tracked.file.allow.map((one) => one.fingerprint);
    const findings = unexcepted(await findingsOfNew(sent), allowed);
    const barred = findings.filter((one) => !isPower(one));
    if (barred.length === 0) return findings;
    this.#leave(key, `security: ${[...new Set(barred.map(({ message }) => message))].join("; ")}`);
    return null;
  }

  /**
   * The edits that bring back what was published, where nothing but an installer's note parts what stands here from
   * it; none where nothing does; null where somebody edited it.
   */
  async #asPublished(
    mine: Entries,
    arrival: Arrival,
    published: SentArtifact,
  ): Promise<readonly FileEdit[] | null> {
    const { artifact, entries } = arrival;
    const main = parsePath(mainInner(artifact.kind));
    const paths = new Set([...mine.keys(), ...entries.keys()]);
    const differing = [...paths].filter(
      (path) => !sameEntry(mine.get(path) ?? null, entries.get(path) ?? null),
    );
    if (differing.length === 0) return [];
    const [only, ...others] = differing;
    if (only === undefined || only !== main || others.length > 0) return null;
    const [entry, wanted] = [mine.get(only), entries.get(only)];
    if (entry === undefined || wanted === undefined) return null;
    const here = await this.#bench.readBlob(entry.blob);
    const bytes = await published.files.find(({ path }) => path === only)?.read();
    const texts = [here, bytes].map((one) => (one === undefined ? null : decodeText(one)));
    const [installed = null, original = null] = texts;
    if (installed === null || original === null || !isAsPublished(installed, original)) return null;
    const path = pathOfInner(artifact, only);
    return path === null ? null : [{ path, after: wanted, bytes: bytes ?? null }];
  }

  async #treeOf(source: string, wanted: WantedVersion): Promise<SourceTree | string> {
    return await openTree(await this.#upstreams.version(source, wanted));
  }

  #change(key: string, entry: UpstreamChange["entry"], arrival: Arrival, edits: readonly FileEdit[]): void {
    this.changes.push({ key, entry, arrival, edits, conflicts: [], decisions: [] });
  }

  #leave(what: string, why: string): void {
    this.left.push({ what, why });
  }
}

const none: WantedVersion = { ref: null, range: null };

/** The version that is installed, where the other tool noted it; else the one that it follows. */
function wantedOf({ resolved, pin, ref, range }: CarriedUpstream): WantedVersion {
  const exact = resolved.commit ?? pin;
  return exact === null ? { ref, range } : { ref: exact, range: null };
}

/** The artifacts that an entry means: the one it names, by its path or else its name, or all that lie there. */
function foundIn(tree: SourceTree, { artifact, path, source }: CarriedUpstream): readonly FoundArtifact[] {
  const top = source.replace(/\.git$|\/$/, "").replace(/^.*[/:#]/, "");
  const found = findArtifacts(tree.files, path, top);
  if (artifact === null)
    return [...new Map(found.map((one) => [formatArtifact(one.artifact), one])).values()];
  const isThere =
    path !== "" && [...tree.files.keys()].some((name) => name === path || name.startsWith(`${path}/`));
  if (isThere) return [{ artifact, path }];
  const named = found.filter(
    (one) => one.artifact.kind === artifact.kind && one.artifact.name === artifact.name,
  );
  return path === "" ? named.slice(0, 1) : [];
}

function editsAt(artifact: Arrival["artifact"], arrival: Arrival): readonly FileEdit[] {
  return editsOfArrival(arrival, (inner) => pathOfInner(artifact, inner));
}

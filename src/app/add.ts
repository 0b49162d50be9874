import { pathOfInner } from "../artifacts/artifact-path.ts";
import type { UpstreamEntry } from "../collections/manifest/upstream-entry.ts";
import type { FoundArtifact } from "../collections/sources/find-artifacts.ts";
import { unexcepted } from "../collections/trust/look-at.ts";
import type { TrustFinding } from "../collections/trust/trust-finding.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { foldedPath } from "../domain/paths.ts";
import { buildSnapshot } from "../snapshot/build-snapshot.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged, type Skipped } from "./outcomes.ts";
import { freePath } from "./record/free-path.ts";
import { type Arrival, findingsOfNew, receive, sentArtifact, versionLabel } from "./updates/arrival.ts";
import { withUpstreams } from "./updates/fetch-upstreams.ts";
import { chooseFound, type Offer, offerOf, readSource } from "./updates/offers.ts";
import { entriesHere } from "./updates/plan-updates.ts";
import { confirmPowers, isPower } from "./updates/powers.ts";
import { editsOfArrival, recordUpstreams, type UpstreamChange } from "./updates/record-upstreams.ts";
import { securityError } from "./updates/security-error.ts";
import { readTracked, type Tracked } from "./updates/tracked.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface AddInput extends CallOptions {
  /** As `parseTypedSource` reads them. */
  readonly sources: readonly string[];
  /** What the one artifact is called here: `skill/pdf`. */
  readonly as?: string;
  /** Shows what the sources hold, and takes nothing. */
  readonly list?: boolean;
  /** Takes all of what a source holds. */
  readonly all?: boolean;
  /** Patterns of `.gitignore` for the files that are taken; by default all. */
  readonly files?: readonly string[];
}

export interface OfferedArtifact {
  readonly artifact: string;
  readonly source: string;
  readonly path: string;
  readonly version: string | null;
}

export interface AddData extends ChangeOutcome {
  /** What the sources hold, where it was only to be listed or has to be chosen from. */
  readonly offered: readonly OfferedArtifact[];
  /** What was taken, with the powers that it brings. */
  readonly added: readonly {
    readonly artifact: string;
    readonly version: string;
    readonly findings: readonly TrustFinding[];
  }[];
}

/**
 * Takes artifacts of third parties in: their files, an entry in the manifest, what they resolved to in the lock, and
 * their copies at targets, in one operation. An artifact that is here already and says the same is only noted.
 *
 * Throws E-UPSTREAM, E-SECURITY where something has to be allowed first, E-CONFIRM for powers without a yes, E-EXISTS,
 * E-NAME, E-AMBIGUOUS where a source holds several and none was named, and E-COLLECTION-FILE.
 */
export async function add(environment: Environment, input: AddInput): Promise<Answer<AddData>> {
  const sources = input.sources.map(readSource);
  const base = await reading(environment, input, async (bench) => bench.located.base);
  return await withUpstreams(environment, base, async (upstreams) => {
    const offers: Offer[] = [];
    for (const one of sources) offers.push(await offerOf(upstreams, one));
    if (input.list === true) return listed(offers);
    const chosen = offers.flatMap((offer) => chooseFound(offer, input).map((found) => ({ offer, found })));
    return await writing(environment, input, (bench) => addChosen(bench, input, chosen));
  });
}

interface Chosen {
  readonly offer: Offer;
  readonly found: FoundArtifact;
}

async function addChosen(
  bench: Workbench,
  input: AddInput,
  chosen: readonly Chosen[],
): Promise<Answer<AddData>> {
  const tracked = await readTracked(bench);
  const taking = new Taking(bench, tracked, input, await entriesHere(bench));
  for (const one of chosen) await taking.take(one, chosen.length === 1);
  const { changes, skipped, added } = taking;
  await confirmPowers(input, added, `stet add ${input.sources.join(" ")} --yes`);
  if (changes.length === 0)
    return answer({ ...nothingChanged, skipped, offered: [], added }, { needsDecision: skipped.length > 0 });
  const names = changes.slice(0, 20).map((one) => one.key);
  const outcome = await recordUpstreams(bench, tracked, changes, {
    kind: "add",
    options: input,
    details: { added: names.join(", ") },
  });
  return answer(
    { ...outcome, skipped: [...skipped, ...outcome.skipped], offered: [], added },
    { notices: bench.notices, needsDecision: skipped.length > 0, next: ["stet list", "stet undo"] },
  );
}

/** The artifacts of one call, taken one after the other. One that cannot be taken holds up no other (BUGS U6). */
class Taking {
  readonly changes: UpstreamChange[] = [];
  readonly skipped: Skipped[] = [];
  readonly added: AddData["added"][number][] = [];
  readonly #bench: Workbench;
  readonly #tracked: Tracked;
  readonly #input: AddInput;
  readonly #here: Awaited<ReturnType<typeof entriesHere>>;

  constructor(
    bench: Workbench,
    tracked: Tracked,
    input: AddInput,
    here: Awaited<ReturnType<typeof entriesHere>>,
  ) {
    this.#bench = bench;
    this.#tracked = tracked;
    this.#input = input;
    this.#here = here;
  }

  /** `isOnly`: what stands in its way is an error then. */
  async take({ offer, found }: Chosen, isOnly: boolean): Promise<void> {
    const key = formatArtifact(found.artifact);
    const twin = [...this.#here.keys()].find((one) => one !== key && foldedPath(one) === foldedPath(key));
    if (twin !== undefined) {
      if (isOnly) await freePath(this.#bench, found.artifact);
      this.#skip(key, `some disks cannot hold it beside ${twin}`);
      return;
    }
    const sent = await sentArtifact(offer.tree, found, this.#input.files ?? []);
    const allowed = this.#tracked.file.allow.map((one) => one.fingerprint);
    const findings = unexcepted(await findingsOfNew(sent), allowed);
    const barred = findings.filter((one) => !isPower(one));
    if (barred.length > 0) {
      if (isOnly) throw securityError(key, barred);
      this.#skip(key, `security: ${[...new Set(barred.map((one) => one.message))].join("; ")}`);
      return;
    }
    const arrival = await receive(sent, this.#bench.store);
    const mine = this.#here.get(key);
    const isSame = mine !== undefined && buildSnapshot(mine).id === arrival.snapshot.id;
    if (mine !== undefined && !isSame) {
      if (isOnly) await freePath(this.#bench, found.artifact);
      this.#skip(key, "there is one of that name here already");
      return;
    }
    const version = versionLabel({ ...arrival, base: arrival.snapshot.id });
    this.added.push({ artifact: key, version, findings });
    this.changes.push(additionOf(offer, found, arrival, this.#input, isSame));
  }

  #skip(what: string, reason: string): void {
    this.skipped.push({ what, reason });
  }
}

function listed(offers: readonly Offer[]): Answer<AddData> {
  const offered = offers.flatMap(({ source, resolved, found }) =>
    found.map(({ artifact, path }) => ({
      ...{ artifact: formatArtifact(artifact), source, path },
      version: resolved.version ?? resolved.tag ?? resolved.commit?.slice(0, 8) ?? null,
    })),
  );
  return answer({ ...nothingChanged, offered, added: [] }, { next: ["stet add <source> --all"] });
}

function additionOf(
  { source, resolved, typed }: Offer,
  found: FoundArtifact,
  arrival: Arrival,
  input: AddInput,
  isSame: boolean,
): UpstreamChange {
  const { artifact, path } = found;
  const asked = resolved.asked;
  const entry: UpstreamEntry = {
    ...{ artifact, source, path, files: input.files ?? [], pin: null, ignore: null },
    ref: asked.ref ?? (asked.range === null ? typed.ref : null),
    range: asked.range,
  };
  const edits = isSame ? [] : editsOfArrival(arrival, (inner) => pathOfInner(artifact, inner));
  return { key: formatArtifact(artifact), entry, arrival, edits, conflicts: [], decisions: [] };
}

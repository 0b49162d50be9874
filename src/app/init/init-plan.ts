import { basename, join } from "node:path";
import { otherKeepersUsed } from "../../collections/others/kept-by-others.ts";
import { type ArtifactKind, formatArtifact } from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import type { FileEntry } from "../../domain/files.ts";
import type { BlobId, CheckoutId } from "../../domain/ids.ts";
import { type FoundFolder, type ImportMatch, importMatches } from "../../runtimes/import/import-match.ts";
import { settingsFinds, settingsPaths } from "../../runtimes/import/settings-finds.ts";
import { artifactFolders } from "../../runtimes/placement/artifact-folders.ts";
import { instructionsPrefix } from "../../runtimes/placement/canonical-places.ts";
import {
  proposeRoot,
  type RootProposal,
  type UsedRuntime,
  usedRuntimes,
} from "../../runtimes/placement/root-proposal.ts";
import { duplicateText, skillDuplicates } from "../../runtimes/placement/skill-duplicates.ts";
import { inEnvironment } from "../../runtimes/placement/target-plan.ts";
import { targetPlans } from "../../runtimes/placement/target-plans.ts";
import type { Runtime, TargetScope } from "../../runtimes/table/runtime.ts";
import type { IndexEntry } from "../../store/checkout-store.ts";
import { indexEntry } from "../../workspace/capture.ts";
import type { Disk } from "../../workspace/disk.ts";
import type { Place, ScannedPart } from "../../workspace/place.ts";
import { readScanned } from "../../workspace/read-scanned.ts";
import { type Scan, scanPlace } from "../../workspace/scan.ts";
import type { BlockedPath } from "../../workspace/walk.ts";
import type { Environment } from "../environment.ts";
import type { PlanLine } from "../outcomes.ts";
import { existsBelow, movedFolders } from "../targets/exists-below.ts";
import { linkedFolders, topFolders } from "../workbench/linked-folders.ts";
import { rootFolders } from "../workbench/locate.ts";
import { instructionParts } from "../workbench/root-place.ts";
import { keeperLook, type Observed, type SortedFinds, sortFinds } from "./observed.ts";

/** What `init` found and would do. Nothing is written while it is made. */
export interface InitPlan {
  readonly base: string;
  readonly scope: TargetScope;
  /** The root's folder below the base. */
  readonly root: (typeof rootFolders)[number];
  readonly used: readonly Runtime[];
  readonly matches: readonly ImportMatch[];
  /** What other tools keep. */
  readonly observed: readonly Observed[];
  readonly origins: SortedFinds["origins"];
  /** Other tools that show. */
  readonly others: ReturnType<typeof otherKeepersUsed>;
  /** Folder instructions (`@project/AGENTS.md`): they are rules where they lie. */
  readonly instructions: readonly string[];
  readonly lines: readonly PlanLine[];
  /** What was looked at, by path below the base. */
  readonly scan: Scan;
  /** Bytes of a file that was found, by blob; undefined where it holds something else by now. */
  readonly readBlob: (id: BlobId) => Promise<Uint8Array | undefined>;
}

interface InitRequest {
  readonly base: string;
  readonly scope: TargetScope;
  /** The id that the checkout will have. */
  readonly checkout: CheckoutId;
  /** The folder that the user asked for. */
  readonly root?: string;
  /** What is taken over from other tools: their ids, artifacts, or `all`. */
  readonly adopt?: readonly string[];
  /** Whether MCP servers and hooks in the runtimes' settings are looked for. */
  readonly settings?: boolean;
}

/** Looks through the base for everything that steers a runtime, and matches the copies of one artifact. */
export async function planInit(
  environment: Environment,
  disk: Disk,
  request: InitRequest,
): Promise<InitPlan> {
  const { base, scope } = request;
  const mounts = movedFolders(environment, scope);
  const exists = existsBelow(base, mounts);
  const found = usedRuntimes(scope, exists);
  const used = found.map(({ runtime }) => inEnvironment(runtime, environment.variables));
  const proposal = proposedRoot(found, exists(".agents"), mounts);
  const root = request.root === undefined ? proposal.root : readRoot(request.root);
  const reason = request.root === undefined ? proposal.reason : "you asked for it";
  const wanted = importPlace(base, scope, request.checkout);
  const folders = topFolders(wanted.scanned.flatMap((part) => (part.kind === "folder" ? [part.path] : [])));
  const links = linkedFolders(disk, base, folders, scope);
  const place = {
    ...wanted,
    mounts: [...mounts, ...links.mounts, ...wanted.mounts],
    scanned: wanted.scanned.filter(
      (part) => part.kind !== "folder" || !links.leaving.some((folder) => part.path.startsWith(`${folder}/`)),
    ),
  };
  if (request.settings === true) place.scanned.push(...settingsParts(used, scope, root));
  const scan = await scanPlace({ disk, place, index: [], clock: environment.clock });
  const blocked = [
    ...links.leaving.map(
      (path): BlockedPath => ({ path, code: "leaves-root", why: "it is a link out of the project" }),
    ),
    ...scan.blocked,
  ];
  const onDisk = blobReader(disk, scan);
  const looked = await withSettingsFinds(
    foundFolders(scan, scope, used, root),
    onDisk,
    request.settings === true,
  );
  const readBlob: InitPlan["readBlob"] = async (id) => looked.bytes.get(id) ?? (await onDisk(id));
  const look = keeperLook(disk, place);
  const finds = sortFinds(look, scan, await importMatches(looked.folders, readBlob), request.adopt ?? []);
  const { matches, observed } = finds;
  const others = otherKeepersUsed(look, scope);
  const instructions = [...scan.files.keys()].filter((path) => path.startsWith(instructionsPrefix));
  return {
    base,
    scope,
    root,
    used,
    ...finds,
    others,
    instructions,
    scan,
    readBlob,
    lines: planLines({
      ...{ root, reason, used, signs: found, scope, matches, observed, instructions, blocked },
      others,
    }),
  };
}

/** A folder that a variable puts elsewhere is no root: without the variable nobody would find it again. */
function proposedRoot(
  used: readonly UsedRuntime[],
  agentsFolderExists: boolean,
  mounts: Place["mounts"],
): RootProposal {
  const proposal = proposeRoot(used, agentsFolderExists);
  if (!mounts.some(({ prefix }) => prefix === `${proposal.root}/`)) return proposal;
  return { root: ".agents", reason: `a variable puts ${proposal.root} elsewhere` };
}

function readRoot(text: string): (typeof rootFolders)[number] {
  const found = rootFolders.find((one) => one === basename(text.replace(/\/+$/, "")));
  if (found !== undefined) return found;
  throw new StetError({
    code: "E-USAGE",
    what: "That folder cannot be a root.",
    where: text,
    why: `A root is one of ${rootFolders.join(", ")}, so that it is found again and runtimes read it.`,
    kept: "Nothing was written.",
    fixes: rootFolders.map((one) => ({ cmd: `stet init --root ${one}`, summary: `use ${one}` })),
  });
}

function importPlace(base: string, scope: TargetScope, checkout: CheckoutId): Place {
  const folders = artifactFolders(scope);
  const scanned = folders.map((path): ScannedPart => ({ kind: "folder", path, recursive: true }));
  const work = join(base, ".agents/stet/.work");
  if (scope !== "project") return { checkout, name: "import", base, mounts: [], scanned, work };
  scanned.push(...instructionParts);
  const mounts = [{ prefix: instructionsPrefix, base }];
  return { checkout, name: "import", base, mounts, scanned, work };
}

/** The settings of runtimes, and what the root has of servers and hooks already. */
function settingsParts(used: readonly Runtime[], scope: TargetScope, root: string): readonly ScannedPart[] {
  return [
    ...settingsPaths(used, scope).map((path): ScannedPart => ({ kind: "file", path })),
    { kind: "folder", path: `${root}/stet/mcp`, recursive: false },
    { kind: "file", path: `${root}/stet/hooks.json` },
  ];
}

/** The folders with the values in each runtime's settings beside its files. */
async function withSettingsFinds(
  folders: readonly FoundFolder[],
  readBlob: InitPlan["readBlob"],
  isAsked: boolean,
): Promise<{ readonly folders: readonly FoundFolder[]; readonly bytes: ReadonlyMap<BlobId, Uint8Array> }> {
  const bytes = new Map<BlobId, Uint8Array>();
  if (!isAsked) return { folders, bytes };
  const all: FoundFolder[] = [];
  for (const folder of folders) {
    const { runtime, scope, files } = folder;
    const finds = runtime === null ? null : await settingsFinds(runtime, scope, files, readBlob);
    for (const [id, content] of finds?.bytes ?? []) bytes.set(id, content);
    all.push({ ...folder, files: new Map([...files, ...(finds?.files ?? [])]) });
  }
  return { folders: all, bytes };
}

function blobReader(disk: Disk, scan: Scan): InitPlan["readBlob"] {
  const paths = new Map([...scan.files].map(([path, file]) => [file.entry.blob, path]));
  return async (id) => {
    const path = paths.get(id);
    return path === undefined ? undefined : readScanned(disk, scan, path);
  };
}

/** What the plan saw in the root, as an index of it: a file that has not moved since is not hashed twice. */
export function seenInRoot({ root, scan }: InitPlan): readonly IndexEntry[] {
  const prefix = `${root}/`;
  return [...scan.files].flatMap(([path, file]) => {
    if (file.unsettled) return [];
    const own = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    return [{ ...indexEntry(own, file), materialised: false }];
  });
}

/** Folders in order of precedence: the root's own first, then the open layout, then the runtimes. */
function foundFolders(
  scan: Scan,
  scope: TargetScope,
  used: readonly Runtime[],
  root: string,
): readonly FoundFolder[] {
  const files = new Map([...scan.files].map(([path, file]): [string, FileEntry] => [path, file.entry]));
  const below = (folder: string) => new Map([...files].filter(([path]) => path.startsWith(`${folder}/`)));
  const open: FoundFolder = { runtime: null, scope, files: below(".agents") };
  const ofRuntimes = used.map((runtime): FoundFolder => ({ runtime, scope, files }));
  const own = ofRuntimes.filter(({ runtime }) =>
    runtime?.places.some((place) => place.path.startsWith(`${root}/`)),
  );
  const others = ofRuntimes.filter((one) => !own.includes(one));
  return root === ".agents" ? [open, ...ofRuntimes] : [...own, open, ...others];
}

interface PlanFacts {
  readonly root: string;
  readonly reason: string;
  readonly used: readonly Runtime[];
  readonly signs: readonly UsedRuntime[];
  readonly scope: TargetScope;
  readonly matches: readonly ImportMatch[];
  readonly instructions: readonly string[];
  readonly blocked: Scan["blocked"];
  readonly observed: readonly Observed[];
  readonly others: ReturnType<typeof otherKeepersUsed>;
}

function planLines(facts: PlanFacts): readonly PlanLine[] {
  const { root, reason, signs, scope, matches, instructions, blocked } = facts;
  const lines: PlanLine[] = [{ sign: "+", text: `${root}/stet/  the collection's own files; ${reason}` }];
  const inPlace = matches.filter((one) => isInRoot(one, root));
  if (inPlace.length > 0)
    lines.push({ sign: "=", text: `${countKinds(inPlace)} stay in ${root}, as version 1` });
  for (const path of instructions) {
    lines.push({
      sign: "=",
      text: `${path.slice(instructionsPrefix.length)} stays where it is, as version 1`,
    });
  }
  lines.push(...copyLines(facts), ...observedLines(facts));
  for (const { path, why } of blocked) lines.push({ sign: "=", text: `${path} is left alone: ${why}` });
  if (signs.length > 0) {
    const shown = signs.map(
      ({ runtime, sign }) => `${runtime.title} (${scope === "user" ? "~/" : ""}${sign})`,
    );
    lines.push({ sign: "=", text: `carried to ${shown.join(", ")}; their files do not change now` });
  }
  if (matches.some(({ artifact }) => artifact.kind === "skill")) lines.push(...duplicateLines(facts));
  return lines;
}

/** What comes into the root, and the copies that differ from what does. */
export function copyLines({ matches, root }: Pick<PlanFacts, "matches" | "root">): readonly PlanLine[] {
  const lines: PlanLine[] = [];
  const copied = matches.filter((one) => one.canonical !== null && !isInRoot(one, root));
  for (const from of new Set(copied.map((one) => one.canonical?.from ?? ""))) {
    const some = copied.filter((one) => one.canonical?.from === from);
    lines.push({ sign: "+", text: `${countKinds(some)} copied from ${from} into ${root}, as version 1` });
  }
  for (const { artifact, canonical, further } of matches) {
    for (const copy of further) {
      if (copy.relation === "equal") continue;
      const text = `${formatArtifact(artifact)}: ${copy.from} differs from ${canonical?.from ?? "the others"} (${copy.reason})`;
      lines.push({ sign: "?", text });
    }
  }
  return lines;
}

/** What other tools keep, a line for each tool; and the tools that are used and keep nothing that was found. */
export function observedLines({
  observed,
  others,
  scope,
}: Pick<PlanFacts, "observed" | "others" | "scope">): readonly PlanLine[] {
  const byKeeper = Map.groupBy(observed, ({ kept }) => kept.keeper);
  const kept = [...byKeeper].map(([keeper, some]): PlanLine => {
    const names = some.slice(0, 3).map(({ artifact }) => formatArtifact(artifact));
    const more = some.length > names.length ? ` and ${some.length - names.length} more` : "";
    const why = some[0]?.kept.why ?? "";
    const text = `${names.join(", ")}${more} ${some.length === 1 ? "is" : "are"} kept by ${keeper.title} (${why}): only observed; --adopt ${keeper.id} takes over`;
    return { sign: "=", text };
  });
  const silent = others.filter(({ keeper }) => !byKeeper.has(keeper));
  const below = scope === "user" ? "~/" : "";
  return [
    ...kept,
    ...silent.map(({ keeper, sign }): PlanLine => {
      return {
        sign: "=",
        text: `${keeper.title} is used here (${below}${sign}); it keeps nothing that was found`,
      };
    }),
  ];
}

function duplicateLines({ used, scope, root }: PlanFacts): readonly PlanLine[] {
  const plans = targetPlans(
    used.map((runtime) => ({ runtime, scope, rootLayout: root })),
    {},
  );
  return skillDuplicates(plans).map((one) => ({ sign: "=", text: `once synced, ${duplicateText(one)}` }));
}

/** Whether the canonical copy lies in the root already. */
export function isInRoot({ canonical }: ImportMatch, root: string): boolean {
  // A value in settings that lie in the root is none of the root's own files.
  const isOwn = (path: string) => path.startsWith(`${root}/`) && !/\.[a-z]+#(?:mcp|hooks)\//.test(path);
  return canonical?.paths.every(isOwn) ?? false;
}

/** Artifacts by kind: `3 skills, 1 agent`. */
function countKinds(matches: readonly ImportMatch[]): string {
  const counts = new Map<ArtifactKind, number>();
  for (const { artifact } of matches) counts.set(artifact.kind, (counts.get(artifact.kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}${count === 1 ? "" : "s"}`).join(", ");
}

import { join } from "node:path";
import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import type { ScannedPart } from "../../workspace/place.ts";
import { fileNamesOf } from "../settings/key-path.ts";
import type { Runtime, RuntimePlace, TargetScope } from "../table/runtime.ts";
import { instructionsPrefix, kindFolders } from "./canonical-places.ts";
import type { InstructionsPlan, KindPlan, Target, TargetPlan } from "./target.ts";

/** The environment of a call, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * What becomes of each kind at a target, from the table alone.
 *
 * A kind is `native` where one of the runtime's places *is* the root's folder in the format of the root, so
 * that there is no copy to drift. A derived file is never planned into the root.
 *
 * @param rootLayout the root's folder below the base: `.agents`, `.claude` or any other.
 * @param variables the environment, in which the runtime may be told not to read a place.
 */
export function targetPlan(
  runtime: Runtime,
  scope: TargetScope,
  rootLayout: string,
  variables: Variables = {},
): TargetPlan {
  const target: Target = { runtime: inEnvironment(runtime, variables), scope };
  const plan = (kind: ArtifactKind) => kindPlan(target, kind, rootLayout);
  return {
    target,
    rootLayout,
    kinds: {
      skill: plan("skill"),
      agent: plan("agent"),
      command: plan("command"),
      rule: plan("rule"),
      mcp: plan("mcp"),
      hooks: plan("hooks"),
    },
    instructions: instructionsPlans(target),
  };
}

/** The runtime without the places that a variable keeps it from reading. */
export function inEnvironment(runtime: Runtime, variables: Variables): Runtime {
  const places = runtime.places.filter(({ unlessSet }) => unlessSet === undefined || !variables[unlessSet]);
  return places.length === runtime.places.length ? runtime : { ...runtime, places };
}

function kindPlan({ runtime, scope }: Target, kind: ArtifactKind, rootLayout: string): KindPlan {
  const places = runtime.places.filter(
    (place) => place.kind === kind && place.scope === scope && place.layout !== "instructions",
  );
  const rootFolder = `${rootLayout}/${kindFolders[kind]}`;
  const own = places.find(
    (place) => place.path === rootFolder && extensionOf(place) === ".md" && place.role !== "reserved",
  );
  if (own !== undefined) {
    return { how: "native", reason: `${runtime.title} reads ${own.path} itself` };
  }
  const place = places.find(({ role }) => role === "write");
  if (place === undefined) {
    const known = runtime.unsupported.find((one) => one.kind === kind && (one.scope ?? scope) === scope);
    return { how: "unsupported", reason: known?.why ?? `${runtime.title} has no known place for it` };
  }
  if (place.layout === "keys") {
    const beside = places.filter((one) => one.role === "write" && one !== place);
    return { how: "write", reason: `${runtime.title} reads ${place.path}`, place, beside };
  }
  if (isBelow(place.path, rootLayout)) {
    const reason = `the copies would lie in the root itself, at ${place.path}`;
    return { how: "unsupported", reason };
  }
  return { how: "write", reason: `${runtime.title} reads ${place.path}`, place, beside: [] };
}

function instructionsPlans({ runtime, scope }: Target): ReadonlyMap<string, InstructionsPlan> {
  const places = runtime.places.filter((place) => place.layout === "instructions" && place.scope === scope);
  return new Map(
    places.map((place): [string, InstructionsPlan] => [
      place.path,
      {
        how: "native",
        reason: `${runtime.title} reads ${place.path} itself`,
        hiding: place.hiding ?? { names: [], reach: "folder", importMark: null },
        depthMost: place.depthMost ?? Number.POSITIVE_INFINITY,
      },
    ]),
  );
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** The plan of one artifact: by its kind, or by lying in place outside the root. Null for a report. */
export function planOfArtifact(
  plan: TargetPlan,
  kind: ArtifactKind,
  canonicalPaths: Iterable<string>,
): KindPlan | InstructionsPlan | null {
  if (kind === "report") return null;
  for (const path of canonicalPaths) {
    if (!path.startsWith(instructionsPrefix)) continue;
    const fileName = path.slice(path.lastIndexOf("/") + 1);
    const known = plan.instructions.get(fileName);
    const { title } = plan.target.runtime;
    if (known === undefined) {
      return { how: "unsupported", reason: `${title} does not read ${fileName} at this scope` };
    }
    const depth = path.slice(instructionsPrefix.length).split("/").length - 1;
    if (depth <= known.depthMost) return known;
    const where = known.depthMost === 0 ? "of the project folder" : `at most ${known.depthMost} folders deep`;
    return { how: "unsupported", reason: `${title} reads ${fileName} ${where} alone` };
  }
  return plan.kinds[kind];
}

/**
 * The parts of a target that the workspace looks at: what stet may write, and the files that decide whether
 * `AGENTS.md` is read. Native parts are not among them: they are the root's.
 *
 * @param instructionFolders folders of the project that hold instructions of the collection: `packages/a`;
 * the empty text for the project folder.
 */
export function scannedParts(
  plan: TargetPlan,
  instructionFolders: readonly string[],
): readonly ScannedPart[] {
  const parts: ScannedPart[] = [];
  for (const kind of Object.values(plan.kinds)) {
    if (kind.how !== "write") continue;
    const { path, layout } = kind.place;
    if (layout === "keys") parts.push(...[kind.place, ...kind.beside].flatMap(sharedFiles));
    else if (layout === "folders") parts.push({ kind: "folder", path, recursive: true });
    else {
      const extensions = [fileNameEnd(kind.place), ...(kind.place.beside ?? [])];
      parts.push({ kind: "folder", path, recursive: true, extensions });
    }
  }
  const hiding = instructionFolders.flatMap((folder) =>
    [...plan.instructions.keys()].flatMap((fileName) =>
      hidingPaths(plan, folder === "" ? fileName : `${folder}/${fileName}`),
    ),
  );
  return [...parts, ...[...new Set(hiding)].map((path): ScannedPart => ({ kind: "file", path }))];
}

function sharedFiles(place: RuntimePlace): readonly ScannedPart[] {
  return fileNamesOf(place).map((path) => ({ kind: "file", path }));
}

/** The files that switch the reading of a folder's instructions off, by path below the project. */
export function hidingPaths(plan: TargetPlan, instructionFile: string): readonly string[] {
  const fileName = instructionFile.slice(instructionFile.lastIndexOf("/") + 1);
  const hiding = plan.instructions.get(fileName)?.hiding;
  if (hiding === undefined) return [];
  const folder = instructionFile.slice(0, -fileName.length);
  const folders = hiding.reach === "folder" ? [folder] : foldersAbove(folder);
  return folders.flatMap((one) => hiding.names.map((name) => one + name));
}

/** `a/b/` gives `a/b/`, `a/` and the empty text of the project folder. */
function foldersAbove(folder: string): readonly string[] {
  const segments = folder.split("/").slice(0, -1);
  return [...segments.map((_, at) => `${segments.slice(0, segments.length - at).join("/")}/`), ""];
}

/** What the names of files at a place end with; the whole name where each artifact has a folder for its file. */
function fileNameEnd(place: Pick<RuntimePlace, "format" | "extension">): string {
  const extension = extensionOf(place);
  return extension.startsWith("/") ? extension.slice(1) : extension;
}

/** What follows an artifact's name at a place: `.md`, `/AGENT.md`. */
export function extensionOf({ format, extension }: Pick<RuntimePlace, "format" | "extension">): string {
  return extension ?? { markdown: ".md", toml: ".toml", json: ".json", yaml: ".yaml" }[format];
}

/** Folders of the user scope that a variable moves, as mounts of the target's place; the first that fits counts. */
export function environmentMounts(
  target: Target,
  { variables, platform }: { readonly variables: Variables; readonly platform: string },
): readonly { readonly prefix: string; readonly base: string }[] {
  if (target.scope !== "user") return [];
  return target.runtime.environmentRoots.flatMap(({ variable, path, below, isFile, platform: only }) => {
    const base = variables[variable];
    if (base === undefined || base === "" || (only ?? platform) !== platform) return [];
    if (isFile) return [{ prefix: path, base: join(base, path) }];
    return [{ prefix: `${path}/`, base: below === undefined ? base : join(base, below) }];
  });
}

import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { readApmManifest } from "../../collections/others/apm-manifest.ts";
import type { Carried, CarriedProblem } from "../../collections/others/carried.ts";
import { readClaudePlugins, readKnownMarketplaces } from "../../collections/others/claude-plugins.ts";
import { isSkillMeatManifest, readSkillMeat } from "../../collections/others/skillmeat.ts";
import { StetError } from "../../domain/errors.ts";
import type { Environment } from "../environment.ts";

/** What a file of another tool says, and the folder that its own paths are below. */
export interface OthersFile {
  readonly label: string;
  readonly folder: string;
  readonly carried: Carried;
}

interface Reader {
  readonly file: string;
  readonly read: (file: string, environment: Environment) => Carried | CarriedProblem | null;
}

/** By the name of the file; a folder is looked into for each. Null says that it is another's of the same name. */
const readers: readonly Reader[] = [
  {
    file: "apm.yml",
    read: (file, { homeFolder }) => {
      const known = textOf(join(homeFolder, ".claude/plugins/known_marketplaces.json"));
      return readApmManifest(textOf(file) ?? "", known === null ? new Map() : readKnownMarketplaces(known));
    },
  },
  {
    file: "installed_plugins.json",
    read: (file) =>
      readClaudePlugins(textOf(file) ?? "", textOf(join(dirname(file), "known_marketplaces.json"))),
  },
  {
    file: "collection.toml",
    read: (file) => {
      const manifest = textOf(file) ?? "";
      return isSkillMeatManifest(manifest)
        ? readSkillMeat(manifest, textOf(join(dirname(file), "collection.lock")))
        : null;
    },
  },
];

/**
 * Reads the places that a caller names; without any, what lies in `base`. Throws E-NOT-FOUND for a place that holds
 * nothing of another tool, and E-INVALID for a file that is damaged: nothing of it is then carried.
 */
export function readOthers(
  environment: Environment,
  base: string,
  places: readonly string[],
): readonly OthersFile[] {
  if (places.length === 0) return filesAt(base).flatMap((file) => readOne(environment, file) ?? []);
  return places.flatMap((place) => {
    const inHome = place.startsWith("~/") ? join(environment.homeFolder, place.slice(2)) : place;
    const path = isAbsolute(inHome) ? inHome : resolve(environment.workingFolder, inHome);
    const found = filesAt(path).flatMap((file) => readOne(environment, file) ?? []);
    if (found.length > 0) return found;
    throw new StetError({
      code: "E-NOT-FOUND",
      what: "Nothing of another tool is there that can be taken over.",
      where: place,
      why: `It is none of ${readers.map(({ file }) => file).join(", ")}, nor a folder that holds one.`,
      kept: "Nothing was changed.",
      fixes: [
        { cmd: "stet migrate ~/.claude/plugins", summary: "take over plugins of Claude Code" },
        { cmd: "stet migrate ~/.skillmeat/collections/default", summary: "move here from SkillMeat" },
      ],
    });
  });
}

function filesAt(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readers.map(({ file }) => join(path, file)).filter((file) => existsSync(file));
}

function readOne(environment: Environment, file: string): OthersFile | null {
  const carried = readers.find((one) => one.file === basename(file))?.read(file, environment) ?? null;
  if (carried === null) return null;
  if (!("why" in carried)) return { label: basename(file), folder: dirname(file), carried };
  throw new StetError({
    code: "E-INVALID",
    what: "The other tool's file cannot be read.",
    where: file,
    why: `${carried.why}.`,
    kept: "It is left as it is, and nothing was changed.",
    fixes: [{ cmd: "stet list", summary: "see what is here" }],
  });
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { valid, validRange } from "semver";
import { unpackedTree } from "./archive-source.ts";
import { fetchPackage, findPackageVersion, type NpmContext } from "./npm/fetch-package.ts";
import { type NpmSettings, readNpmSettings, registryOf } from "./npm/npm-settings.ts";
import type { ResolvedSource, SourceContext, WantedVersion } from "./source-tree.ts";

/**
 * A package of npm: its versions are those of the registry that the user has set, and each is known by the SHA-512 of
 * its archive. A version that has another one than before is told as a tag that moved. Throws E-UPSTREAM; opening it
 * also E-LIMIT and E-PATH.
 */
export async function resolvePackage(
  name: string,
  wanted: WantedVersion,
  context: SourceContext,
): Promise<ResolvedSource> {
  const asked = askedOf(wanted);
  const npm = await npmContext(name, context);
  context.progress(`asking for ${name}`);
  const chosen = await findPackageVersion(name, asked.ref ?? asked.range, npm);
  const { version, integrity, released, publisher, licence } = chosen;
  return {
    ...{ commit: integrity, tag: version, version, tags: new Map([[version, integrity]]) },
    asked,
    open: async () => {
      context.progress(`fetching ${name} ${version}`);
      const unpacked = await fetchPackage(chosen, await context.folder(), npm);
      return unpackedTree(unpacked, {
        commit: integrity,
        tag: version,
        version,
        released,
        publisher,
        licence,
      });
    },
  };
}

/** What is typed behind a package's name is a range, or a version or tag. */
function askedOf({ ref, range, typed = null }: WantedVersion): ResolvedSource["asked"] {
  if (typed === null) return { ref, range };
  const isRange = valid(typed) === null && validRange(typed) !== null;
  return isRange ? { ref: null, range: typed } : { ref: typed, range: null };
}

/**
 * The user's own settings of npm. Those of a project are left alone: whoever wrote it could send the packages, or a
 * variable that holds a token, to a registry of theirs. Where none is set, npm itself is asked for its own.
 */
async function npmContext(
  name: string,
  { homeFolder, variables, interrupt, folder }: SourceContext,
): Promise<NpmContext> {
  const file =
    variables.NPM_CONFIG_USERCONFIG ?? variables.npm_config_userconfig ?? join(homeFolder, ".npmrc");
  const settings = readNpmSettings([await readFile(file, "utf8").catch(() => "")], variables);
  const signal = interrupt === null ? {} : { signal: interrupt };
  if (registryOf(name, settings) !== null) return { settings, ...signal };
  return { settings: await withOwnRegistry(settings, variables, await folder()), ...signal };
}

async function withOwnRegistry(
  settings: NpmSettings,
  variables: SourceContext["variables"],
  workingFolder: string,
): Promise<NpmSettings> {
  try {
    const { stdout } = await promisify(execFile)("npm", ["config", "get", "registry"], {
      cwd: workingFolder,
      env: { ...variables },
      timeout: 10_000,
      windowsHide: true,
    });
    return new Map([...settings, ["registry", stdout.trim()]]);
  } catch {
    return settings;
  }
}

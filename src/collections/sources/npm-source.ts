import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { unpackedTree } from "./archive-source.ts";
import { fetchPackage, findPackageVersion } from "./npm/fetch-package.ts";
import { readNpmSettings } from "./npm/npm-settings.ts";
import type { ResolvedSource, SourceContext, WantedVersion } from "./source-tree.ts";

/** A package: the version that a tag, number or range means. Its integrity stands for its commit. */
export async function resolvePackage(
  name: string,
  wanted: WantedVersion,
  context: SourceContext,
): Promise<ResolvedSource> {
  const files = [join(context.homeFolder, ".npmrc"), join(context.baseFolder, ".npmrc")];
  const texts = files.filter((file) => existsSync(file)).map((file) => readFileSync(file, "utf8"));
  const settings = readNpmSettings(texts, context.variables);
  const signal = context.interrupt === null ? {} : { signal: context.interrupt };
  const asked = wanted.typed ?? wanted.range ?? wanted.ref;
  const found = await findPackageVersion(name, asked, { settings, ...signal });
  return {
    ...{ commit: found.integrity, tag: found.tag, version: found.version },
    asked: { ref: null, range: asked },
    tags: new Map(),
    open: async () => {
      const unpacked = await fetchPackage(found, await context.folder(), { settings, ...signal });
      const { version, released, publisher, licence } = found;
      return unpackedTree(unpacked, { commit: found.integrity, version, released, publisher, licence });
    },
  };
}

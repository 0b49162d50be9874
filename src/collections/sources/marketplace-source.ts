/**
 * A plugin of a marketplace (`.claude-plugin/marketplace.json`): its entry says where the plugin itself is, which is
 * looked up anew each time.
 */
import * as z from "zod/mini";
import { isRecord } from "../../formats/format-value.ts";
import { upstreamFailure } from "./http/upstream-failure.ts";
import type { ResolvedSource, SourceTree, WantedVersion } from "./source-tree.ts";

const text = z.string();
const paths = z.optional(z.union([text, z.array(text)]));
const shape = z.looseObject({
  metadata: z.optional(z.looseObject({ pluginRoot: z.optional(text) })),
  plugins: z.array(
    z.looseObject({
      name: text,
      version: z.optional(text),
      license: z.optional(text),
      author: z.optional(z.union([text, z.looseObject({ name: z.optional(text) })])),
      source: z.union([text, z.looseObject({ source: text })]),
      skills: paths,
      agents: paths,
      commands: paths,
    }),
  ),
});

const marketplaceFile = ".claude-plugin/marketplace.json";
type Plugin = z.infer<typeof shape>["plugins"][number];

/** Where a plugin is: in the marketplace's own source, or in another. */
type PluginPlace =
  | { readonly kind: "inside"; readonly path: string }
  | {
      readonly kind: "elsewhere";
      readonly source: string;
      readonly wanted: WantedVersion;
      readonly path: string;
    };

/** Resolves `plugin` of the marketplace that `open` opens; `resolve` finds what lies elsewhere. */
export async function resolvePlugin(
  of: string,
  plugin: string,
  marketplace: ResolvedSource,
  resolve: (source: string, wanted: WantedVersion) => Promise<ResolvedSource>,
): Promise<ResolvedSource> {
  const tree = await marketplace.open();
  const file = tree.files.get(marketplaceFile);
  if (file === undefined) throw upstreamFailure(of, `It has no ${marketplaceFile}.`);
  const parsed = shape.safeParse(jsonOf(new TextDecoder().decode(await tree.read(file))));
  if (!parsed.success) throw upstreamFailure(of, `Its ${marketplaceFile} is not one of a marketplace.`);
  const entry = parsed.data.plugins.find((one) => one.name === plugin);
  if (entry === undefined) {
    const names = parsed.data.plugins.slice(0, 8).map((one) => one.name);
    throw upstreamFailure(of, `It has no plugin ${plugin}; it has ${names.join(", ")}.`);
  }
  const place = placeOf(of, entry, parsed.data.metadata?.pluginRoot ?? "");
  const version = entry.version ?? null;
  if (place.kind === "inside") {
    return {
      ...marketplace,
      version,
      open: async () => withAbout(belowPath(tree, place.path, entry), entry),
    };
  }
  const found = await resolve(place.source, place.wanted);
  const open = async () => withAbout(belowPath(await found.open(), place.path, entry), entry);
  return { ...found, version: found.version ?? version, asked: { ref: null, range: null }, open };
}

function placeOf(of: string, { name, source }: Plugin, root: string): PluginPlace {
  if (typeof source === "string") return { kind: "inside", path: joined(root, source) };
  const at = (key: string) => {
    const value = source[key];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const wanted: WantedVersion = { ref: at("sha") ?? at("commit") ?? at("ref"), range: null };
  const elsewhere = (address: string, path = "") =>
    ({ kind: "elsewhere", source: address, wanted, path: joined("", path) }) as const;
  const repository = at("repo");
  const url = at("url");
  const packageName = at("package");
  if (source.source === "github" && repository !== null)
    return elsewhere(`https://github.com/${repository}`, at("path") ?? "");
  if (["url", "git", "git-subdir"].includes(source.source) && url !== null)
    return elsewhere(gitUrl(url), at("path") ?? "");
  if (source.source === "npm" && packageName !== null) {
    return { ...elsewhere(`npm:${packageName}`), wanted: { ref: null, range: at("version") } };
  }
  throw upstreamFailure(of, `The plugin ${name} has a source of a kind that is not known: ${source.source}.`);
}

function gitUrl(url: string): string {
  return /^[\w.-]+\/[\w.-]+$/.test(url) ? `https://github.com/${url}` : url;
}

/** A tree as it is seen from one of its folders; of a plugin that lists its parts, only those. */
function belowPath(
  tree: SourceTree & AsyncDisposable,
  path: string,
  plugin: Plugin,
): SourceTree & AsyncDisposable {
  const prefix = path === "" ? "" : `${path}/`;
  const parts = [plugin.skills, plugin.agents, plugin.commands]
    .flatMap((one) => one ?? [])
    .map((one) => joined("", one));
  const isPart = (inner: string) =>
    parts.length === 0 || parts.some((part) => part === "" || inner === part || inner.startsWith(`${part}/`));
  const files = new Map(
    [...tree.files].flatMap(([name, file]) => {
      const inner = name.startsWith(prefix) ? name.slice(prefix.length) : null;
      return inner === null || !isPart(inner) ? [] : [[inner, file] as const];
    }),
  );
  return { ...tree, files, hashOf: (inner) => tree.hashOf(joined(path, inner)) };
}

function withAbout(
  tree: SourceTree & AsyncDisposable,
  { license, author }: Plugin,
): SourceTree & AsyncDisposable {
  const name = isRecord(author) ? author.name : author;
  return {
    ...tree,
    licence: tree.licence ?? license ?? null,
    publisher: typeof name === "string" ? name : tree.publisher,
  };
}

/** Two parts of a path; `./` and slashes at both ends say nothing. One that leaves its folder names nothing in a tree. */
function joined(one: string, other: string): string {
  return [one, other]
    .flatMap((part) => part.split("/"))
    .filter((segment) => segment !== "" && segment !== ".")
    .join("/");
}

function jsonOf(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

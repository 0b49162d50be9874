/**
 * Plugins that Claude Code installed: `installed_plugins.json` and `known_marketplaces.json` in `~/.claude/plugins/`.
 *
 * Neither file is documented; both are as programs that read them find them (2026): version 1 has one record for each
 * `plugin@marketplace`, version 2 a list of them, one for each scope. Unknown keys and kinds are let stand.
 */
import { isList, isRecord } from "../../formats/format-value.ts";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import {
  type Carried,
  type CarriedProblem,
  type CarriedUpstream,
  type LeftBehind,
  unknownVersion,
} from "./carried.ts";
import { isCommit } from "./git-reference.ts";

type Table = Readonly<Record<string, unknown>>;

/** One plugin as it is installed for the user, or for one project. */
export interface CarriedPlugin extends CarriedUpstream {
  readonly name: string;
  readonly marketplace: string;
  /** `user`, `project`, `local`, or whatever a later version writes. */
  readonly scope: string;
  /** The folder of the project that it is installed for; null for all. */
  readonly project: string | null;
}

export interface CarriedPlugins extends Carried {
  readonly upstreams: readonly CarriedPlugin[];
}

/** Reads both files; `known` is null where there is none. A plugin of a marketplace that nobody knows is left behind. */
export function readClaudePlugins(installed: string, known: string | null): CarriedPlugins | CarriedProblem {
  const plugins = tableOf(installed);
  if (plugins === null) return { why: "it is not a JSON object" };
  const list = isRecord(plugins.plugins) ? plugins.plugins : plugins;
  const marketplaces = known === null ? new Map<string, string>() : readKnownMarketplaces(known);
  const upstreams: CarriedPlugin[] = [];
  const left: LeftBehind[] = [];
  for (const [key, value] of Object.entries(list)) {
    const at = key.lastIndexOf("@");
    const records = (isList(value) ? value : [value]).filter(isRecord);
    if (at < 1 || records.length === 0) {
      if (isRecord(plugins.plugins)) left.push({ what: key, why: "it is not a plugin of a marketplace" });
      continue;
    }
    const [name, marketplace] = [key.slice(0, at), key.slice(at + 1)];
    const of = marketplaces.get(marketplace);
    if (of === undefined || !/^[\w.-]+$/.test(name)) {
      left.push({
        what: key,
        why:
          of === undefined
            ? `the marketplace ${marketplace} is not known, or is only a list behind an address`
            : "its name cannot be one of a plugin",
      });
      continue;
    }
    upstreams.push(...records.map((record) => pluginOf(record, name, marketplace, of)));
  }
  return { upstreams, own: [], left };
}

/** The addresses of marketplaces by name, as far as they are places that can be read again. */
export function readKnownMarketplaces(text: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tableOf(text) ?? {}).flatMap(([name, entry]) => {
      const source = isRecord(entry) && isRecord(entry.source) ? addressOf(entry.source) : null;
      return source === null ? [] : [[name, source] as const];
    }),
  );
}

function addressOf(source: Table): string | null {
  const text = (key: string) => (typeof source[key] === "string" && source[key] !== "" ? source[key] : null);
  switch (text("source")) {
    case "github":
      return text("repo") === null ? null : `https://github.com/${text("repo")}`;
    case "git":
      return text("url");
    case "directory":
      return text("path") === null ? null : `folder:${text("path")}`;
    case "npm":
      return text("package") === null ? null : `npm:${text("package")}`;
    default:
      return null;
  }
}

function pluginOf(record: Table, name: string, marketplace: string, of: string): CarriedPlugin {
  const text = (key: string) => (typeof record[key] === "string" && record[key] !== "" ? record[key] : null);
  const commit = text("gitCommitSha");
  const version = text("version");
  return {
    ...{ name, marketplace, scope: text("scope") ?? "user", project: text("projectPath") },
    ...{ artifact: null, source: `marketplace:${of}#${name}`, ref: null, range: null, path: "", pin: null },
    resolved: {
      ...unknownVersion,
      commit: commit !== null && isCommit(commit) ? commit : null,
      // Where a plugin names no version, Claude Code writes the beginning of the commit in its place.
      version: version === null || version === "unknown" || commit?.startsWith(version) ? null : version,
      at: text("installedAt") ?? text("lastUpdated"),
    },
    files: text("installPath"),
  };
}

function tableOf(text: string): Table | null {
  const { value } = jsoncDocument.parse(text);
  return isRecord(value) ? value : null;
}

/**
 * `apm.yml` of the Agent Package Manager: what a project wants of others.
 * Format: microsoft/apm, docs "Manifest Schema", section 4 (working draft 0.1); read leniently, as drafts change.
 */

import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { isList, isRecord } from "../../formats/format-value.ts";
import { parseYaml } from "../../formats/yaml-parse.ts";
import type { Carried, CarriedProblem, CarriedUpstream, LeftBehind } from "./carried.ts";
import { unknownVersion } from "./carried.ts";
import { type GitReference, isCommit, refOrRange } from "./git-reference.ts";

/** Files that are one artifact by their name (section 4.1.3). */
const fileKinds = [
  { ending: ".prompt.md", kind: "command" },
  { ending: ".agent.md", kind: "agent" },
  { ending: ".chatmode.md", kind: "agent" },
  { ending: ".instructions.md", kind: "rule" },
] as const;

/** Sections that say something which no manifest of ours holds. */
const ownSections = ["mcp", "lsp"];

/**
 * Reads `apm.yml`. `marketplaces` gives the addresses of marketplaces by the names that entries use; an entry of
 * one that is not known is left behind, and so is one of a registry that only APM speaks with.
 */
export function readApmManifest(
  text: string,
  marketplaces: ReadonlyMap<string, string> = new Map(),
): Carried | CarriedProblem {
  const { value, problem } = parseYaml(text);
  if (problem !== null) return { why: `it is not YAML: line ${problem.line}: ${problem.message}` };
  if (!isRecord(value)) return { why: "it is not a map of keys" };
  const upstreams: CarriedUpstream[] = [];
  const left: LeftBehind[] = [];
  for (const section of ["dependencies", "devDependencies"]) {
    const groups = value[section];
    if (groups === undefined || groups === null) continue;
    if (!isRecord(groups)) {
      left.push({ what: section, why: "it is not a map with the key apm" });
      continue;
    }
    for (const entry of isList(groups.apm) ? groups.apm : []) {
      const read = isRecord(entry) ? readObject(entry, marketplaces) : readString(entry);
      if (typeof read === "string") left.push({ what: shown(entry), why: read });
      else upstreams.push(read);
    }
    for (const kind of ownSections) {
      for (const entry of isList(groups[kind]) ? groups[kind] : []) {
        left.push({
          what: `${kind}: ${shown(entry)}`,
          why: "a server is configured here, it is not fetched as files",
        });
      }
    }
  }
  return { upstreams, own: [], left };
}

/** Section 4.1.1: an address, `[host/]owner/repo[/path][#ref]`, or a path on this machine. A string says why not. */
function readString(entry: unknown): CarriedUpstream | string {
  if (typeof entry !== "string" || entry.trim() === "") return "it is neither text nor a map of keys";
  const [place = "", ref = null] = splitOnce(entry.trim(), "#");
  if (/^(?:\.{1,2}|~)?[/\\]/.test(place))
    return upstream(
      { source: `folder:${place.replaceAll("\\", "/")}`, ref: null, range: null, path: "" },
      null,
    );
  if (/^(?:https?|ssh|git|file):\/\//.test(place) || /^[\w.-]+@[\w.-]+:/.test(place)) {
    return upstream({ source: place, ...refOrRange(ref), path: "" }, null);
  }
  const found = readShorthand(place);
  return typeof found === "string" ? found : upstream({ ...found, ...refOrRange(ref) }, null);
}

function readShorthand(place: string): { readonly source: string; readonly path: string } | string {
  const segments = place.split("/").filter((segment) => segment !== "");
  const [first = ""] = segments;
  const hasHost = first.includes(".");
  const host = hasHost ? first : "github.com";
  const rest = hasHost ? segments.slice(1) : segments;
  const at = rest.indexOf("_git");
  if (at > 0 && rest[at + 1] !== undefined) {
    return {
      source: `https://${host}/${rest.slice(0, at + 2).join("/")}`,
      path: rest.slice(at + 2).join("/"),
    };
  }
  const [owner, repository, ...path] = rest;
  if (owner === undefined || repository === undefined) return "it names no repository";
  if (host !== "github.com" && path.length > 0) {
    return "on that host it may name a nested group or a path in a repository; its long form with git and path says which";
  }
  return { source: `https://${host}/${owner}/${repository}`, path: path.join("/") };
}

/** Section 4.1.2. */
function readObject(
  entry: Readonly<Record<string, unknown>>,
  marketplaces: ReadonlyMap<string, string>,
): CarriedUpstream | string {
  const text = (key: string) => (typeof entry[key] === "string" && entry[key] !== "" ? entry[key] : null);
  const [git, path, alias, name, marketplace] = [
    text("git"),
    text("path"),
    text("alias"),
    text("name"),
    text("marketplace"),
  ];
  if (text("registry") !== null || text("id") !== null)
    return "it comes from a registry that only APM speaks with";
  if (marketplace !== null && name !== null) {
    const of = marketplaces.get(marketplace);
    if (of === undefined) return `the marketplace ${marketplace} is not known here`;
    return upstream({ source: `marketplace:${of}#${name}`, ...refOrRange(text("version")), path: "" }, null);
  }
  if (git === "parent") return "its repository is that of whoever depends on it";
  if (git === null) return path === null ? "it names neither git nor path" : readString(path);
  const base = readString(git);
  if (typeof base === "string") return base;
  return upstream({ ...base, ...refOrRange(text("ref") ?? base.ref), path: path ?? base.path }, alias);
}

function upstream(reference: GitReference, alias: string | null): CarriedUpstream {
  const path = reference.path.replace(/^(?:\.\/)+|\/+$/g, "");
  const pin = reference.ref !== null && isCommit(reference.ref) ? reference.ref : null;
  return {
    artifact: artifactAt(path, alias),
    source: reference.source,
    ref: pin === null ? reference.ref : null,
    range: reference.range,
    path,
    pin,
    resolved: unknownVersion,
    files: null,
  };
}

/** The artifact that a path is by its very name; a folder may be a skill or a whole package. */
function artifactAt(path: string, alias: string | null): ArtifactReference | null {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const found = fileKinds.find(({ ending }) => file.endsWith(ending));
  if (found !== undefined) return { kind: found.kind, name: alias ?? file.slice(0, -found.ending.length) };
  const skill = /(?:^|\/)skills\/([^/]+)$/.exec(path)?.[1];
  return skill === undefined ? null : { kind: "skill", name: alias ?? skill };
}

function splitOnce(text: string, mark: string): readonly [string, string | null] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function shown(entry: unknown): string {
  return typeof entry === "string" ? entry : (JSON.stringify(entry) ?? String(entry)).slice(0, 200);
}

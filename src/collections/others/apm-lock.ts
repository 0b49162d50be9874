/**
 * `apm.lock.yaml` of the Agent Package Manager: what was installed from where, file by file.
 * Source: microsoft/apm, "Lockfile specification" (working draft 0.2). Versions 1 and 2 are read alike; an entry
 * that is not understood is passed over.
 */
import { isList, isRecord } from "../../formats/format-value.ts";
import { parseYaml } from "../../formats/yaml-parse.ts";
import { type CarriedProblem, unknownVersion } from "./carried.ts";
import { githubReference } from "./git-reference.ts";
import type { InstalledOrigin } from "./installed-origin.ts";

/** Every package that a lock names a source for, with the files that APM put into the project for it. */
export function parseApmLock(text: string): readonly InstalledOrigin[] | CarriedProblem {
  const { value, problem } = parseYaml(text);
  if (problem !== null) return { why: `it is not YAML: line ${problem.line}: ${problem.message}` };
  if (!isRecord(value)) return { why: "it is not a map of keys" };
  if (value.dependencies !== undefined && !isList(value.dependencies)) {
    return { why: "its dependencies are not a list" };
  }
  const packages = isList(value.dependencies) ? value.dependencies : [];
  return packages.flatMap((entry): readonly InstalledOrigin[] => {
    const source = isRecord(entry) ? sourceOf(entry) : null;
    if (!isRecord(entry) || source === null) return [];
    const upstream = {
      artifact: null,
      source,
      ref: textOf(entry.resolved_tag) ?? textOf(entry.resolved_ref),
      range: textOf(entry.constraint),
      path: textOf(entry.virtual_path) ?? "",
      pin: null,
      resolved: {
        ...unknownVersion,
        commit: textOf(entry.resolved_commit),
        tag: textOf(entry.resolved_tag),
        version: textOf(entry.version),
        licence: textOf(entry.declared_license),
      },
      files: null,
    };
    return [{ upstream, files: projectFiles(entry.deployed_files) }];
  });
}

function sourceOf(entry: Readonly<Record<string, unknown>>): string | null {
  const folder = textOf(entry.local_path);
  if (folder !== null) return `folder:${folder}`;
  const url = textOf(entry.resolved_url);
  if (entry.source === "registry" && url !== null) return url;
  const repository = textOf(entry.repo_url);
  const host = textOf(entry.host);
  if (repository === null || /^\w+:\/\//.test(repository)) return repository;
  if (host !== null) return `https://${host}/${repository}`;
  return githubReference(repository)?.source ?? repository;
}

/** Addresses (`copilot-app-db://...`) are entries of a program's own, and no files. */
function projectFiles(value: unknown): readonly string[] {
  if (!isList(value)) return [];
  return value.flatMap((path) =>
    typeof path === "string" && !path.includes("://") ? [path.replace(/\/+$/, "")] : [],
  );
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

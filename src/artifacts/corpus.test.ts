/** Real skills, agents and commands, and real edits of such files. Skipped aloud where they are not there. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { type FileEntry, regularMode } from "../domain/files.ts";
import { type BlobId, hashIdFromBytes } from "../domain/ids.ts";
import { type CollectionPath, pathOf } from "../domain/paths.ts";
import { type Artifact, groupArtifacts } from "./artifact.ts";
import { artifactOfPath, pathOfInner } from "./artifact-path.ts";
import { declaredName, readArtifactText } from "./artifact-text.ts";
import { changeSummary } from "./change-summary.ts";
import { type ArtifactFiles, describeChange } from "./describe-change.ts";
import type { Finding } from "./finding.ts";
import { clashes } from "./name-clashes.ts";
import { findSecrets } from "./secrets.ts";
import { validateArtifact } from "./validate.ts";

const corpus = join(import.meta.dirname, "../../../shared/corpus");
const isThere = existsSync(corpus);
if (!isThere) console.warn(`no corpus at ${corpus}: the tests over real files are skipped`);

interface Project {
  readonly name: string;
  /** Bytes by collection path. */
  readonly files: ReadonlyMap<CollectionPath, Uint8Array>;
}

/** Each plugin, category and collection of the corpus as it would lie under a root. */
function projects(): readonly Project[] {
  return readdirSync(corpus, { withFileTypes: true }).flatMap((repository) => {
    if (!repository.isDirectory()) return [];
    const folder = join(corpus, repository.name);
    if (repository.name === "superpowers") return [projectAt(folder, "")];
    const prefix = repository.name === "voltagent-subagents" ? "agents/" : "";
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => projectAt(join(folder, entry.name), prefix));
  });
}

function projectAt(folder: string, prefix: string): Project {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [pathOf(prefix + relative(folder, path)), new Uint8Array(readFileSync(path))] as const);
  return { name: relative(corpus, folder), files: new Map(files) };
}

function entryOf(bytes: Uint8Array): FileEntry {
  const blob = hashIdFromBytes<BlobId>(createHash("sha256").update(bytes).digest());
  return { blob, mode: regularMode, size: bytes.length };
}

function artifactsOf({
  files,
}: Project): readonly { readonly artifact: Artifact; readonly main: Uint8Array | null }[] {
  const entries = new Map([...files].map(([path, bytes]) => [path, entryOf(bytes)]));
  return groupArtifacts(entries).map((artifact) => ({
    artifact,
    main: artifact.main === null ? null : (files.get(artifact.main.path) ?? null),
  }));
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
  const groups = Map.groupBy(names, (name) => name);
  return Object.fromEntries([...groups].map(([name, all]) => [name, all.length] as const).sort());
}

describe.skipIf(!isThere)("the corpus", () => {
  test("every file belongs to an artifact or is a known extra", () => {
    const all = projects();
    const parts = all.flatMap(({ files }) =>
      [...files.keys()].map((path) => ({ path, part: artifactOfPath(path) })),
    );
    const extras = parts.filter(({ part }) => part === null).map(({ path }) => path);
    expect(extras).toEqual(["LICENSE"]);
    for (const { path, part } of parts) {
      if (part !== null) expect(pathOfInner(part.artifact, part.inner)).toBe(path);
    }
    const kinds = all.flatMap((project) =>
      artifactsOf(project).map(({ artifact }) => artifact.reference.kind),
    );
    console.info(`corpus: ${parts.length} files, artifacts:`, counted(kinds));
    expect(parts.length).toBeGreaterThan(900);
  });

  test("all of it is read and validated: warnings on import, each with its line, and no error", () => {
    const told: Finding[] = [];
    const strict: Finding[] = [];
    for (const project of projects()) {
      for (const { artifact, main } of artifactsOf(project)) {
        told.push(...validateArtifact(artifact, main, "lenient"));
        strict.push(...validateArtifact(artifact, main, "spec"));
      }
    }
    const summary = (findings: readonly Finding[]) =>
      counted(findings.map(({ severity, code }) => `${severity} ${code}`));
    console.info("corpus, lenient:", summary(told), "spec:", summary(strict));
    expect(told.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(
      told.filter(({ code }) => code === "frontmatter-repaired" || code === "frontmatter-invalid").length,
    ).toBe(8);
  });

  test("put into one project, dozens of names clash, each named by the other", () => {
    const named = projects().flatMap(({ files, name }) =>
      artifactsOf({ files, name }).map(({ artifact, main }) => ({
        reference: {
          kind: artifact.reference.kind,
          name: `${name.replaceAll("/", "-")}/${artifact.reference.name}`,
        },
        declaredName:
          main === null
            ? null
            : declaredName(artifact.reference.kind, readArtifactText(artifact.reference.kind, main)),
      })),
    );
    const found = clashes(named);
    for (const clash of found) {
      for (const other of clash.others) {
        const back = found.some((one) => one.artifact === other && one.others.includes(clash.artifact));
        expect(back, formatArtifact(other)).toBe(true);
      }
    }
    console.info(`corpus in one project: ${found.length} artifacts clash`);
    expect(found.length).toBeGreaterThan(24);
  });

  test("the secret scan finds nothing: there is none, and examples are told from secrets", async () => {
    const found: string[] = [];
    for (const { name, files } of projects()) {
      for (const [path, bytes] of files) {
        for (const { rule, line, excerpt } of await findSecrets(path, bytes)) {
          found.push(`${name}/${path}:${line} ${rule} ${excerpt}`);
        }
      }
    }
    console.info("corpus, taken for secrets:", found);
    expect(found).toEqual([]);
  });
});

const edit = z.object({
  path: z.string(),
  base: z.string().nullable(),
  left: z.string().nullable(),
  right: z.string().nullable(),
});

describe.skipIf(!isThere)("real edits", () => {
  test("are described in one line, and breaking exactly when major", () => {
    const all = zstdDecompressSync(readFileSync(join(corpus, "merges.ndjson.zst")))
      .toString("utf8")
      .trim()
      .split("\n");
    // One in five: reading the sections of all fifteen megabytes takes most of a minute.
    const lines = all.filter((_, index) => index % 5 === 0);
    const bumps: string[] = [];
    const examples: string[] = [];
    for (const line of lines) {
      const { base, left, right } = edit.parse(JSON.parse(line));
      for (const after of [left, right]) {
        const { delta, bump, breaking } = describeChange(asSkill(base), asSkill(after));
        const summary = changeSummary(delta);
        expect(summary).not.toMatch(/[\r\n]/);
        expect(summary.length).toBeLessThan(1_500);
        expect(breaking.length > 0).toBe(bump === "major");
        expect(bump === null).toBe(base === after);
        bumps.push(bump ?? "none");
        if (examples.length < 5) examples.push(`${bump}: ${summary}`);
      }
    }
    console.info(`real edits: ${lines.length} merges,`, counted(bumps), examples);
    expect(bumps.length).toBeGreaterThan(100);
  });
});

function asSkill(text: string | null): ArtifactFiles | null {
  if (text === null) return null;
  const main = new TextEncoder().encode(text);
  const [artifact] = groupArtifacts(new Map([[pathOf("skills/a/SKILL.md"), entryOf(main)]]));
  return artifact === undefined ? null : { artifact, main };
}

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArtifactKind } from "../../domain/artifact-kinds.ts";
import { regularMode } from "../../domain/files.ts";
import { runtimes } from "../table/table.ts";
import type { ArtifactAdapter, FileContents } from "./adapter.ts";
import { passThroughAdapter } from "./pass-through.ts";

// Every adapter of the table, whatever its kind and form: a new one is covered by being there.
const adapters = new Map<ArtifactAdapter, { readonly name: string; readonly kind: ArtifactKind }>([
  [passThroughAdapter, { name: "files that pass through", kind: "skill" }],
  ...runtimes.flatMap(({ id, places, adapters: own }) =>
    places.flatMap(({ kind }) => {
      const adapter = own[kind];
      return adapter === undefined ? [] : ([[adapter, { name: `${kind} of ${id}`, kind }]] as const);
    }),
  ),
]);

// Real files of public projects; they lie beside the repository and are not part of it.
const corpus = join(import.meta.dirname, "../../../../shared/corpus");
const isThere = existsSync(corpus);
if (!isThere) console.warn("SKIPPED: the corpus is not there, so only small samples were changed at random");

/** A reference to a variable, as servers and texts have it. */
const variable = (name: string) => ["$", "{", name, "}"].join("");

const patterns: Partial<Record<ArtifactKind, string>> = {
  skill: "*/**/SKILL.md",
  agent: "*/**/agents/*.md",
  command: "*/**/commands/*.md",
  rule: "*/**/SKILL.md",
};
const samples: Partial<Record<ArtifactKind, readonly string[]>> = {
  agent: ["---\nname: a\ndescription: b\ntools: Read\nmodel: opus\n---\n\nGo.\n"],
  command: ["---\ndescription: b\nargument-hint: x\n---\n\nGo $ARGUMENTS, @file and !`ls`.\n"],
  rule: ["---\npaths:\n  - src/**/*.ts\n---\n\nNo.\n"],
  mcp: [
    `{\n  "command": "npx",\n  "args": ["-y", "s"],\n  "env": { "A": "${variable("B")}" }\n}\n`,
    `{ "type": "http", "url": "https://example.org", "headers": { "X": "${variable("Y")}" } }\n`,
  ],
  hooks: ['{ "PreToolUse": [{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "x" }] }] }\n'],
};

/** Beginnings of real files, so that a change at random hits the frontmatter as often as the text. */
function seedsOf(kind: ArtifactKind): readonly Uint8Array[] {
  const pattern = patterns[kind];
  const paths = pattern === undefined || !isThere ? [] : globSync(pattern, { cwd: corpus }).sort();
  const some = paths.filter((_, at) => at % Math.ceil(paths.length / 40) === 0);
  const real = some.map((path) => new Uint8Array(readFileSync(join(corpus, path))).subarray(0, 900));
  return [...real, ...(samples[kind] ?? []).map((text) => new TextEncoder().encode(text))];
}

const piece = fc.oneof(
  fc.constantFrom(
    "---\n",
    "\n",
    "\r\n",
    "\uFEFF",
    "name: x\n",
    "description: ",
    ": ",
    "'",
    '"',
    '"""',
    "[",
    "{",
    "#",
  ),
  fc.constantFrom(
    "$ARGUMENTS",
    "$1",
    "$&",
    "{{args}}",
    variable("cwd"),
    "\t",
    "\\",
    "\u2028",
    "```\n",
    "  ",
    "null",
    "|\n",
  ),
  fc.uint8Array({ maxLength: 3 }),
);

/** A seed with some of its bytes cut out, doubled or replaced. */
function changed(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const change = fc.record({ from: place, length: fc.nat(40), to: place, put: fc.option(piece) });
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 4 })).map(([seed, changes]) => {
    let bytes = Buffer.from(seed);
    for (const { from, length, to, put } of changes) {
      const [start, at] = [from, to].map((share) => Math.floor(share * bytes.length));
      const cut = bytes.subarray(start, (start ?? 0) + length);
      const next = put === null ? cut : Buffer.from(put);
      bytes = Buffer.concat([bytes.subarray(0, at), next, bytes.subarray((at ?? 0) + (length % 7))]);
    }
    return new Uint8Array(bytes);
  });
}

/** Of each adapter and law: some 4,000 over the table. `dialect-adapter.test.ts` tries more, of small pieces. */
const casesEach = 100;

const canonicalName = "canonical";
const targetName = "target";

function file(path: string, bytes: Uint8Array): FileContents {
  return new Map([[path, { bytes, mode: regularMode }]]);
}

function bytesOf(files: FileContents): string {
  const [only] = files.values();
  return Buffer.from(only?.bytes ?? []).toString("latin1");
}

describe.each([...adapters].map(([adapter, about]) => ({ adapter, ...about })))(
  "$name",
  ({ adapter, kind }) => {
    const artifact = { kind, name: "reviewer" };
    const seeds = seedsOf(kind);
    const render = (files: FileContents, present: FileContents) =>
      adapter.render({ artifact, files, present, targetPath: () => targetName });
    const parse = (files: FileContents, previous: FileContents) =>
      adapter.parse({ artifact, files, previous, canonicalPath: () => canonicalName });

    test("there is something to change", () => expect(seeds.length).toBeGreaterThan(0));

    test.skipIf(seeds.length === 0)(
      "whatever is written: it is carried there and back the same, or said why not",
      () => {
        let carried = 0;
        fc.assert(
          fc.property(changed(seeds), (bytes) => {
            const canonical = file(canonicalName, bytes);
            const there = render(canonical, new Map());
            if (there.outcome === "blocked") return void expect(there.why).not.toBe("");
            carried += 1;
            const again = render(canonical, there.files);
            expect(again.outcome === "rendered" && bytesOf(again.files)).toBe(bytesOf(there.files));
            // A set of hooks of which the runtime knows no event: nothing is written.
            if (there.files.size === 0) return;
            const back = parse(there.files, canonical);
            expect(back.outcome === "parsed" && bytesOf(back.files)).toBe(bytesOf(canonical));
          }),
          { numRuns: casesEach },
        );
        expect(carried).toBeGreaterThan(casesEach / 20);
      },
    );

    test.skipIf(seeds.length === 0)(
      "whatever lies at the target: it is read or said why not, and written once",
      () => {
        const [seed = new Uint8Array()] = seeds;
        const rendered = seeds.flatMap((bytes) => {
          const there = render(file(canonicalName, bytes), new Map());
          return there.outcome === "rendered" ? [...there.files.values()].map((one) => one.bytes) : [];
        });
        fc.assert(
          fc.property(changed([...rendered, seed]), fc.boolean(), (bytes, isNew) => {
            const target = file(targetName, bytes);
            const taken = parse(target, isNew ? new Map() : file(canonicalName, seed));
            if (taken.outcome === "problem") return void expect(taken.why).not.toBe("");
            const once = render(taken.files, target);
            if (once.outcome === "blocked") return void expect(once.why).not.toBe("");
            const twice = render(taken.files, once.files);
            expect(twice.outcome === "rendered" && bytesOf(twice.files)).toBe(bytesOf(once.files));
            if (once.files.size === 0) return;
            const back = parse(once.files, taken.files);
            expect(back.outcome === "parsed" && bytesOf(back.files)).toBe(bytesOf(taken.files));
          }),
          { numRuns: casesEach },
        );
      },
    );
  },
);

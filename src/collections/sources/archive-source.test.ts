import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tarGzOf } from "./archive/packed.test-support.ts";
import { resolveArchive } from "./archive-source.ts";
import { serving } from "./http/web-server.test-support.ts";
import type { SourceContext } from "./source-tree.ts";

const top = mkdtempSync(join(tmpdir(), "stet-archive-source-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));
const workspace = join(top, "workspace");
mkdirSync(workspace);

const context: SourceContext = {
  folder: async () => mkdtempSync(join(workspace, "source-")),
  variables: {},
  homeFolder: top,
  baseFolder: top,
  interrupt: null,
  progress: () => undefined,
};
const newest = { ref: null, range: null };

test("a file, by a relative path, from the home folder and as an address; and one behind a URL", async () => {
  const bytes = await tarGzOf([{ name: "catalog-1.0/skills/pdf/SKILL.md", text: "# PDF\n" }]);
  writeFileSync(join(top, "a.tgz"), bytes);
  await using server = await serving((_, response) => response.end(bytes));
  const places = [
    "a.tgz",
    "./a.tgz",
    "~/a.tgz",
    join(top, "a.tgz"),
    `file://${join(top, "a.tgz")}`,
    `${server.url}/a.tgz`,
  ];
  const known = new Set<string | null>();
  for (const place of places) {
    const resolved = await resolveArchive(place, newest, context);
    known.add(resolved.commit);
    await using tree = await resolved.open();
    const [file] = tree.files.values();
    expect([...tree.files.keys()]).toEqual(["skills/pdf/SKILL.md"]);
    expect(file === undefined ? "" : new TextDecoder().decode(await tree.read(file))).toBe("# PDF\n");
  }
  expect([...known]).toEqual([expect.stringMatching(/^sha256:[0-9a-f]{64}$/)]);
});

test("the very archive of the lock is had again, another one is not, and there are no versions", async () => {
  const file = join(top, "b.tgz");
  writeFileSync(file, await tarGzOf([{ name: "a", text: "one" }]));
  const { commit } = await resolveArchive(file, newest, context);
  expect((await resolveArchive(file, { ref: commit, range: null }, context)).commit).toBe(commit);
  writeFileSync(file, await tarGzOf([{ name: "a", text: "two" }]));
  const failed = (wanted: { ref: string | null; range: string | null; typed?: string }) =>
    resolveArchive(file, wanted, context).then(
      () => "",
      (error: Error & { why?: string }) => error.why,
    );
  expect(await failed({ ref: commit, range: null })).toContain("another one now");
  expect(await failed({ ...newest, typed: "v1" })).toContain("no versions");
  rmSync(file);
  expect(await failed(newest)).toContain("ENOENT");
});

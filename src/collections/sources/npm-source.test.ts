import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tarGzOf } from "./archive/packed.test-support.ts";
import { serving } from "./http/web-server.test-support.ts";
import { resolvePackage } from "./npm-source.ts";
import type { SourceContext } from "./source-tree.ts";

const top = mkdtempSync(join(tmpdir(), "stet-npm-source-"));
afterAll(() => rmSync(top, { recursive: true, force: true }));
mkdirSync(join(top, "workspace"));

test("a package by its newest version, by a range, a tag, a number and the hash of the lock; a version that changed shows", async () => {
  const packed = new Map<string, Buffer>();
  for (const version of ["1.0.0", "1.1.0", "2.0.0"]) {
    packed.set(version, await tarGzOf([{ name: "package/skills/pdf/SKILL.md", text: version }]));
  }
  const hashOf = (version: string) =>
    `sha512-${createHash("sha512")
      .update(packed.get(version) ?? "")
      .digest("base64")}`;
  await using server = await serving((request, response) => {
    const version = /-([\d.]+)\.tgz$/.exec(request.url ?? "")?.[1];
    if (version !== undefined) return response.end(packed.get(version));
    const versions = [...packed.keys()].map((one) => {
      const dist = { tarball: `${server.url}/catalog-${one}.tgz`, integrity: `sha1-xxxx ${hashOf(one)}` };
      return [one, { version: one, dist, _npmUser: { name: "acme" } }];
    });
    return response.end(
      JSON.stringify({
        "dist-tags": { latest: "2.0.0", old: "1.0.0" },
        versions: Object.fromEntries(versions),
      }),
    );
  });
  writeFileSync(join(top, ".npmrc"), `registry=${server.url}\n`);
  const context: SourceContext = {
    ...{
      folder: async () => mkdtempSync(join(top, "workspace", "source-")),
      homeFolder: top,
      baseFolder: join(top, "project"),
    },
    ...{ variables: {}, interrupt: null, progress: () => undefined },
  };
  const resolve = async (wanted: { ref?: string; range?: string; typed?: string | null }) =>
    await resolvePackage("catalog", { ref: null, range: null, ...wanted }, context);
  for (const [wanted, version, asked] of [
    [{}, "2.0.0", { ref: null, range: null }],
    [{ typed: null }, "2.0.0", { ref: null, range: null }],
    [{ typed: "^1.0.0" }, "1.1.0", { ref: null, range: "^1.0.0" }],
    [{ typed: "old" }, "1.0.0", { ref: "old", range: null }],
    [{ typed: "1.0.0" }, "1.0.0", { ref: "1.0.0", range: null }],
    [{ range: "~1.0" }, "1.0.0", { ref: null, range: "~1.0" }],
    [{ ref: hashOf("1.1.0") }, "1.1.0", { ref: hashOf("1.1.0"), range: null }],
  ] as const) {
    const resolved = await resolve(wanted);
    expect(resolved).toMatchObject({ version, tag: version, commit: hashOf(version), asked });
    await using tree = await resolved.open();
    const [file] = tree.files.values();
    expect(file === undefined ? "" : new TextDecoder().decode(await tree.read(file))).toBe(version);
    expect(tree).toMatchObject({ version, publisher: "acme", commit: hashOf(version) });
  }
  const before = await resolve({ ref: "1.0.0" });
  packed.set("1.0.0", await tarGzOf([{ name: "package/skills/pdf/SKILL.md", text: "another" }]));
  expect((await resolve({ ref: "1.0.0" })).tags.get("1.0.0")).not.toBe(before.commit);
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { StetError } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { lookAt } from "../../trust/look-at.ts";
import { inPrivateFolder } from "../private-folder.ts";
import { type TarEntry, tarGzOf, tarOf, type ZipEntry, zipOf } from "./packed.test-support.ts";
import { unpackArchive } from "./unpack-archive.ts";

const top = mkdtempSync(join(tmpdir(), "stet-archive-"));
const parent = join(top, "fetched");
afterAll(() => rmSync(top, { recursive: true, force: true }));

/** What an archive unpacks to, by path: mode and text. Checks that nothing is left and nothing lies elsewhere. */
async function unpacked(bytes: Uint8Array, signal?: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const file = join(top, "archive");
  writeFileSync(file, bytes);
  try {
    return await inPrivateFolder({ parent, processId: process.pid }, async (folder) => {
      const { files } = await unpackArchive(file, folder, signal === undefined ? {} : { signal });
      const texts: Record<string, string> = {};
      for (const { path, mode, read } of files) {
        texts[path] = `${mode.toString(8)} ${new TextDecoder().decode(await read())}`;
      }
      return texts;
    });
  } finally {
    expect(readdirSync(parent)).toEqual([]);
    expect(readdirSync(top).sort()).toEqual(["archive", "fetched"]);
    rmSync(file);
  }
}

async function refusal(bytes: Uint8Array): Promise<string> {
  try {
    return JSON.stringify(await unpacked(bytes));
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
    return error.code;
  }
}

const skill: readonly TarEntry[] = [
  { name: "skills/pdf/SKILL.md", text: "# PDF\n", mode: 0o664 },
  { name: "skills/pdf/run.sh", text: "echo\n", mode: 0o775 },
  { name: "skills/pdf/empty", text: "" },
  { name: "skills/pdf/latest", type: "symlink", linkname: "run.sh" },
];
const skillFiles = {
  "skills/pdf/SKILL.md": "100644 # PDF\n",
  "skills/pdf/run.sh": "100755 echo\n",
  "skills/pdf/empty": "100644 ",
  "skills/pdf/latest": "120000 run.sh",
};

describe("honest archives", () => {
  test("tar, tar.gz and zip give the same files", async () => {
    expect(await unpacked(await tarOf(skill))).toEqual(skillFiles);
    expect(await unpacked(await tarGzOf(skill))).toEqual(skillFiles);
    const entries: readonly ZipEntry[] = [
      { name: "skills/", mode: 0o040755 },
      { name: "skills/pdf/SKILL.md", text: "# PDF\n" },
      { name: "skills/pdf/run.sh", text: "echo\n", mode: 0o100775 },
      { name: "skills/pdf/empty" },
      { name: "skills/pdf/latest", text: "run.sh", mode: 0o120777 },
    ];
    expect(await unpacked(zipOf(entries))).toEqual(skillFiles);
  });

  test("a folder that wraps all is taken off, one that means something is not", async () => {
    const under = async (folder: string) =>
      Object.keys(await unpacked(await tarGzOf([{ name: `${folder}SKILL.md` }, { name: `${folder}a/b` }])));
    expect(await under("skills-1.2.3/")).toEqual(["SKILL.md", "a/b"]);
    expect(await under("package/")).toEqual(["SKILL.md", "a/b"]);
    expect(await under("pdf/")).toEqual(["pdf/SKILL.md", "pdf/a/b"]);
    expect(await under(".claude/")).toEqual([".claude/SKILL.md", ".claude/a/b"]);
    expect(await under("./")).toEqual(["SKILL.md", "a/b"]);
  });

  test("long names, names in any script, a second name of a file, a large file", async () => {
    const long = `${"folder/".repeat(20)}${"n".repeat(200)}`;
    const large = "0123456789abcdef".repeat(200_000);
    const texts = await unpacked(
      await tarGzOf([
        { name: "./a", text: large },
        { name: "한국어.md", text: "b" },
        { name: long, text: "c" },
        { name: "same", type: "link", linkname: "a" },
      ]),
    );
    expect(Object.keys(texts)).toEqual(["a", "한국어.md", long, "same"]);
    expect(texts.a).toBe(`100644 ${large}`);
    expect(texts.same).toBe(texts.a);
  });

  test("whatever files are packed come out as they were", async () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const files = fc.dictionary(name, fc.string({ unit: "grapheme" }), { minKeys: 1, maxKeys: 12 });
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (texts, isZip) => {
        const entries = Object.entries(texts).map(([path, text]) => ({
          name: path,
          text: text.toWellFormed(),
        }));
        const expected = Object.fromEntries(entries.map(({ name: path, text }) => [path, `100644 ${text}`]));
        expect(await unpacked(isZip ? zipOf(entries) : await tarGzOf(entries))).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});

describe("dishonest archives", () => {
  test.each<[string, TarEntry, string]>([
    ["traversal (BUGS P1)", { name: "../../escape" }, "E-PATH"],
    ["traversal inside (BUGS P1)", { name: "a/../../escape" }, "E-PATH"],
    ["an absolute path", { name: "/tmp/escape" }, "E-PATH"],
    ["a backslash", { name: "..\\escape" }, "E-PATH"],
    ["a control character", { name: "a\u0007" }, "E-PATH"],
    ["a folder upward", { name: "../x", type: "directory" }, "E-PATH"],
    ["a device", { name: "a", type: "character-device" }, "E-PATH"],
    ["a disk", { name: "a", type: "block-device" }, "E-PATH"],
    ["a pipe", { name: "a", type: "fifo" }, "E-PATH"],
    ["a second name of what is outside", { name: "a", type: "link", linkname: "../../etc/passwd" }, "E-PATH"],
    ["a second name of a link", { name: "a", type: "link", linkname: "first" }, "E-PATH"],
    ["a name that came before", { name: "first" }, "E-PATH"],
    ["the same name spelled otherwise", { name: "./first" }, "E-PATH"],
    ["a name that is too long", { name: `a/${"b".repeat(300)}` }, "E-PATH"],
    ["33 folders", { name: `${"a/".repeat(33)}b` }, "E-PATH"],
  ])("tar: %s", async (_, entry, code) => {
    expect(await refusal(await tarOf([{ name: "first", type: "symlink", linkname: "x" }, entry]))).toBe(code);
  });

  test.each<[string, readonly ZipEntry[], string]>([
    ["traversal (BUGS P1)", [{ name: "../escape" }], "E-UPSTREAM"],
    ["an absolute path", [{ name: "/tmp/escape" }], "E-UPSTREAM"],
    ["a backslash", [{ name: "..\\escape" }], "E-UPSTREAM"],
    ["a pipe", [{ name: "a", mode: 0o010644 }], "E-PATH"],
    ["a name twice", [{ name: "a" }, { name: "a", text: "b" }], "E-PATH"],
    ["two names for one file", [{ name: "a", said: { name: "b" } }], "E-PATH"],
    ["a size that lies: less", [{ name: "a", text: "x".repeat(500), said: { size: 5 } }], "E-UPSTREAM"],
    ["a size that lies: more", [{ name: "a", text: "x", said: { size: 500 } }], "E-UPSTREAM"],
    ["another checksum", [{ name: "a", text: "x", said: { sum: 1 } }], "E-UPSTREAM"],
    [
      "shared bytes",
      [
        { name: "a", text: "x" },
        { name: "a/b", text: "x", said: { name: "a", offset: 0 } },
      ],
      "E-PATH",
    ],
  ])("zip: %s", async (_, entries, code) => {
    expect(await refusal(zipOf(entries))).toBe(code);
  });

  test("links that leave, twins and devices of Windows are left to the look at each artifact", async () => {
    const bytes = await tarOf([
      { name: "a", type: "symlink", linkname: "../../x" },
      { name: "B.md" },
      { name: "b.md" },
      { name: "con" },
    ]);
    const file = join(top, "archive");
    writeFileSync(file, bytes);
    const codes = await inPrivateFolder({ parent, processId: process.pid }, async (folder) => {
      const { files } = await unpackArchive(file, folder);
      const of = async (...paths: readonly string[]) =>
        (
          await lookAt(
            { files: files.filter(({ path }) => paths.includes(path)), licence: null, publisher: null },
            null,
          )
        ).map(({ code }) => code);
      return [await of("a"), await of("B.md", "b.md"), await of("con")];
    });
    rmSync(file);
    expect(codes).toEqual([["link"], ["twin"], ["path"]]);
  });

  test("entries behind the end, and no end at all", async () => {
    const one = await tarOf([{ name: "a", text: "x" }]);
    const other = await tarOf([{ name: "b", text: "y" }]);
    expect(await refusal(Buffer.concat([one, other]))).toBe("E-PATH");
    expect(await refusal(gzipSync(Buffer.concat([one, other])))).toBe("E-PATH");
    expect(await refusal(one.subarray(0, 1024))).toBe("E-UPSTREAM");
    expect(await refusal(Buffer.concat([one, Buffer.alloc(10_240)]))).toBe('{"a":"100644 x"}');
  });

  test("an archive that is cut off anywhere, or of which any byte is another, is refused or as it was", async () => {
    const wholes: string[] = [];
    const archives = [
      await tarGzOf(skill),
      zipOf(skill.slice(0, 3).map(({ name, text = "" }) => ({ name, text }))),
    ];
    for (const bytes of archives) {
      wholes.push(await refusal(bytes));
      for (let length = 0; length < bytes.length; length += 1 + Math.floor(bytes.length / 60)) {
        expect(await refusal(bytes.subarray(0, length)), String(length)).toMatch(/^E-(UPSTREAM|PATH|LIMIT)$/);
      }
    }
    expect(wholes[0]).toContain("SKILL.md");
    const [gzip = Buffer.alloc(0)] = archives;
    await fc.assert(
      fc.asyncProperty(fc.nat(gzip.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(gzip);
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const outcome = await refusal(bytes);
        if (outcome !== wholes[0]) expect(outcome).toMatch(/^E-(UPSTREAM|PATH|LIMIT)$/);
      }),
      { numRuns: 150 },
    );
  });

  test("bombs are stopped while they are read, by ratio", async () => {
    const zeros = "\0".repeat(limits.archiveRatioFreeBytes + 4 * 2 ** 20);
    expect(await refusal(gzipSync(await tarOf([{ name: "a", text: zeros }])))).toBe("E-LIMIT");
    expect(await refusal(zipOf([{ name: "a", text: zeros }]))).toBe("E-LIMIT");
  });

  test("what is no archive, and an empty file", async () => {
    expect(await refusal(Buffer.from("<html>Not found</html>"))).toBe("E-UPSTREAM");
    expect(await refusal(Buffer.alloc(0))).toBe("E-UPSTREAM");
  });

  test("what ends the look at it leaves nothing: a cancel in the middle (BUGS U4)", async () => {
    const bytes = await tarGzOf(
      Array.from({ length: 300 }, (_, index) => ({ name: `f${index}`, text: "x".repeat(9_000) })),
    );
    for (const after of [0, 1, 5]) {
      const controller = new AbortController();
      const reason = new Error("cancelled");
      if (after === 0) controller.abort(reason);
      else setTimeout(() => controller.abort(reason), after);
      const outcome = await unpacked(bytes, controller.signal).then(Object.keys, (error: unknown) => error);
      expect(outcome === reason || (Array.isArray(outcome) && outcome.length === 300)).toBe(true);
    }
  });
});

test("what a killed process left is removed by the next one, and what a living one works on stays (BUGS U4)", async () => {
  const dead = join(parent, "fetch-999999999-abcdef");
  const living = join(parent, `fetch-${process.ppid}-abcdef`);
  const foreign = join(parent, "notes");
  for (const folder of [dead, living, foreign]) mkdirSync(folder, { recursive: true });
  await inPrivateFolder({ parent, processId: process.pid }, async () => {});
  expect([dead, living, foreign].map((folder) => existsSync(folder))).toEqual([false, true, true]);
});

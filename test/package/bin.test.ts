import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";
import { findOldNode } from "./old-node.ts";

const bin = join(repository, "bin/stet.mjs");
const oldNode = findOldNode();
const claimsToBe20 =
  "data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.1.0'}})";

// The check itself is proven everywhere, by a Node that claims to be old. That the file parses on an old
// one needs an old one.
const nodes: readonly { name: string; start: readonly [string, ...string[]] }[] = [
  { name: "a Node that claims to be 20", start: [process.execPath, "--import", claimsToBe20] },
  ...(oldNode === undefined ? [] : [{ name: "this machine's older Node", start: [oldNode] as const }]),
];

describe.each(nodes)("stet on $name", ({ start: [program, ...before] }) => {
  const run = (...words: readonly string[]) =>
    spawnSync(program, [...before, bin, ...words], {
      encoding: "utf8",
      env: { ...process.env, NODE_OPTIONS: "" },
    });

  test("stops with the five slots and a command that helps", () => {
    const { status, stdout, stderr } = run("save", "it's");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const shown = stderr
      .replace(/where: .*/, "where: <node>")
      .replace(/this is Node [\d.]+/, "this is Node <version>");
    expect(shown).toMatchInlineSnapshot(`
      "error E-NODE: stet could not start.
        where: <node>
        why:   It needs Node 24 or later, and this is Node <version>
        kept:  Nothing was read or changed.
        fix:
          npx -p node@24 -p stet stet save 'it'\\''s'
            run this once on Node 24, without installing it
          nvm install 24
            install Node 24 beside the present one, with nvm
          npm install --global node@24
            install Node 24 for this machine from the npm registry (Debian's apt offers an older one)
      "
    `);
  });

  test("--json prints the error envelope on stdout", () => {
    const { status, stdout, stderr } = run("status", "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "stet/error@1",
      ok: false,
      error: {
        code: "E-NODE",
        kept: "Nothing was read or changed.",
        fixes: [{ cmd: "npx -p node@24 -p stet stet status --json" }, {}, {}],
      },
    });
  });

  test("--version is refused as well", () => {
    expect(run("--version").status).toBe(1);
  });
});

test("an older Node can parse the bin", ({ skip }) => {
  if (oldNode === undefined) skip("there is no Node older than 24 on PATH to try it with");
  else expect(spawnSync(oldNode, [bin], { encoding: "utf8" }).stderr).not.toContain("SyntaxError");
});

test("that node:sqlite is experimental is not shown; every other warning is", () => {
  const folder = mkdtempSync(join(tmpdir(), "stet-bin-"));
  cpSync(bin, join(folder, "bin/stet.mjs"));
  mkdirSync(join(folder, "dist/cli"), { recursive: true });
  const warnings = [
    ["SQLite is an experimental feature and might change at any time", "ExperimentalWarning"],
    ["Another thing is experimental", "ExperimentalWarning"],
    ["SQLite is on fire", "Warning"],
  ];
  const body = warnings.map((words) => `process.emitWarning(...${JSON.stringify(words)});`).join("\n");
  writeFileSync(
    join(folder, "dist/main.js"),
    `${body}\nprocess.emitWarning("with options", { type: "ExperimentalWarning" });`,
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const { stderr } = spawnSync(process.execPath, [join(folder, "bin/stet.mjs"), "status"], {
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  expect(stderr).not.toContain("might change at any time");
  expect(stderr).toContain("Another thing is experimental");
  expect(stderr).toContain("SQLite is on fire");
  expect(stderr).toContain("with options");
});

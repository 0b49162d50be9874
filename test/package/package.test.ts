import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportedNames } from "./exported-names.ts";
import { InstalledPackage, repository } from "./installed-package.ts";

const manifest: { version: string } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
let user: InstalledPackage;

beforeAll(() => {
  user = new InstalledPackage();
}, 240_000);

afterAll(() => user?.[Symbol.dispose]());

describe("the installed command", () => {
  // npx may have warnings of its own to print, so what stet prints on stderr is read without it.
  test("npx finds it", () => {
    const outcome = user.run("npx", "--no-install", "stet", "--version");
    expect(outcome).toMatchObject({ status: 0, stdout: `${manifest.version}\n` });
  });

  test("--version answers from the bin", () => {
    const outcome = user.run(user.command, "--version");
    expect(outcome).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  test("--help comes from the bundle, without a warning", () => {
    const outcome = user.run(user.command, "--help");
    expect(outcome).toMatchObject({ status: 0, stderr: "" });
    expect(outcome.stdout).toContain("stet");
  });
});

describe("the installed library", () => {
  test("exports these names and no others", () => {
    const names = exportedNames(join(user.installed, "dist/index.js"));
    expect(names).toMatchSnapshot();
    const answer = user.run(
      "node",
      "-e",
      'import("stet").then((all) => console.log(JSON.stringify(Object.keys(all))))',
    );
    expect(answer).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(answer.stdout).sort()).toEqual(names);
  });

  test("stet/testing exports these names and no others", () => {
    expect(exportedNames(join(user.installed, "dist/testing/index.js"))).toMatchSnapshot();
  });

  // With library types checked: a type that the declarations name but do not carry would be an error.
  test("its types stand on their own", () => {
    user.lend("@types/node");
    user.lend("undici-types");
    writeFileSync(
      join(user.folder, "user.ts"),
      'import * as stet from "stet";\nexport const names = Object.keys(stet);\n',
    );
    const compiler = join(repository, "node_modules/tsgo/bin/tsc");
    const settings = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--types",
      "node",
    ];
    const lib = ["--lib", "es2024,esnext.disposable,esnext.array"];
    const outcome = user.run("node", compiler, ...settings, ...lib, "user.ts");
    expect(outcome).toMatchObject({ status: 0, stdout: "" });
  });
});

describe("what is installed", () => {
  test("is stet alone, and koffi where there is a build for it", () => {
    const packages = readdirSync(join(user.folder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(
      packages.filter((name) => !["@koromix", "koffi", "@types", "undici-types"].includes(name)),
    ).toEqual(["stet"]);
  });

  test("carries the licences of what was bundled", () => {
    expect(existsSync(join(user.installed, "LICENSE"))).toBe(true);
    expect(readFileSync(join(user.installed, "dist/THIRD-PARTY-NOTICES.txt"), "utf8")).toMatch(
      /^ignore .*MIT/m,
    );
  });

  test("holds no source, test or stamp", () => {
    const paths = readdirSync(user.installed, { recursive: true, encoding: "utf8" });
    expect(paths.filter((path) => /\.test\.|(?<!\.d)\.ts$|\.inputs$|^src/.test(path))).toEqual([]);
  });
});

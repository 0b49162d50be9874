import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findMissingOptionals, type Lockfile } from "../../scripts/lockfile.ts";
import { repository } from "./source-file.ts";

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const manifest: Manifest = JSON.parse(read("package.json"));
const webManifest: Pick<Manifest, "devDependencies"> = JSON.parse(read("web/package.json"));
const lockText = read("package-lock.json");
const lockfile: Lockfile & { packages: Record<string, { hasInstallScript?: boolean }> } =
  JSON.parse(lockText);

describe("dependencies", () => {
  test("each has its reason in docs/dependencies.md, and each reason its dependency", () => {
    const wanted = Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
      ...webManifest.devDependencies,
    });
    const rows = [...read("docs/dependencies.md").matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$/gm)];
    expect(rows.map(([, name]) => name).sort()).toEqual(wanted.sort());
    for (const [, name, reason = "", whyNotOurs = ""] of rows) {
      expect(reason.trim(), name).not.toBe("");
      expect(whyNotOurs.trim(), name).not.toBe("");
    }
  });

  // tsdown.config.ts bundles what is imported; a package listed here would be installed for nothing.
  test("a user installs none but the optional ones", () => {
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
  });

  test("the lock names no registry, so that any mirror serves it", () => {
    expect(lockText).not.toMatch(/registry\.|"resolved": "http/);
  });

  test("the lock holds the packages of every platform, or npm ci refuses it", () => {
    const missing = findMissingOptionals(lockfile).map(({ path }) => path);
    expect(missing, "run: npm run lockfile").toEqual([]);
  });

  // npm is about to refuse install scripts that nobody has decided on.
  test("each install script is allowed or denied by name", () => {
    const withScript = Object.entries(lockfile.packages)
      .filter(([, locked]) => locked.hasInstallScript === true && locked.optional !== true)
      .map(([path]) => path.replace(/^.*node_modules\//, ""));
    expect(withScript).toContain("node");
    for (const name of withScript) expect(manifest.allowScripts, name).toHaveProperty([name]);
  });

  test("a missing platform package is described by its name", () => {
    const packages = {
      "": {},
      "node_modules/tool": {
        dev: true,
        optionalDependencies: { "@tool/linux-x64-musl": "1.2.3", "@tool/there": "1.0.0" },
      },
      "node_modules/tool/node_modules/@tool/there": {},
    };
    expect(findMissingOptionals({ packages })).toEqual([
      {
        path: "node_modules/@tool/linux-x64-musl",
        entry: { version: "1.2.3", cpu: ["x64"], dev: true, libc: ["musl"], optional: true, os: ["linux"] },
      },
    ]);
    expect(() =>
      findMissingOptionals({ packages: { a: { optionalDependencies: { odd: "1.0.0" } } } }),
    ).toThrow(/platform/);
  });
});

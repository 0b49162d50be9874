import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { errorCodes } from "../../../domain/error-codes.ts";
import { StetError } from "../../../domain/errors.ts";
import { tarGzOf } from "../archive/packed.test-support.ts";
import { serving } from "../http/web-server.test-support.ts";
import { fetchPackage, findPackageVersion } from "./fetch-package.ts";
import { readNpmSettings, registryOf } from "./npm-settings.ts";
import { chooseVersion, parsePackument } from "./packument.ts";

const folder = mkdtempSync(join(tmpdir(), "stet-npm-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Published {
  readonly bytes: Buffer;
  readonly integrity?: string;
  readonly deprecated?: string;
}

/** A registry with one package, `@acme/skills`, that wants a token. */
async function registry(
  versions: Readonly<Record<string, Published>>,
  tags: Readonly<Record<string, string>>,
) {
  const server = await serving((request, response) => {
    if (request.headers.authorization !== "Bearer s3cr3t") response.writeHead(401).end();
    else if (request.url === "/npm/@acme%2Fskills") {
      const listed = Object.entries(versions).map(([version, { bytes, integrity, deprecated }]) => {
        const hash = createHash("sha512").update(bytes).digest("base64");
        const dist = {
          tarball: `${server.url}/npm/@acme/skills/-/${version}.tgz`,
          integrity: integrity ?? `sha512-${hash}`,
        };
        return [
          version,
          {
            version,
            license: "MIT",
            _npmUser: { name: "acme" },
            dist,
            ...(deprecated === undefined ? {} : { deprecated }),
          },
        ] as const;
      });
      const time = Object.fromEntries(
        Object.keys(versions).map((version) => [version, "2026-01-02T03:04:05.000Z"]),
      );
      response.end(JSON.stringify({ "dist-tags": tags, time, versions: Object.fromEntries(listed) }));
    } else {
      const version = /([\w.-]+)\.tgz$/.exec(request.url ?? "")?.[1] ?? "";
      const found = versions[version];
      if (found === undefined) response.writeHead(404).end();
      else response.end(found.bytes);
    }
  });
  const settings = readNpmSettings(
    [`@acme:registry=${server.url}/npm/\n${server.url.replace("http:", "")}/npm/:_authToken=\${TOKEN}\n`],
    { TOKEN: "s3cr3t" },
  );
  return { server, settings };
}

const pack = async (text: string) =>
  await tarGzOf([
    {
      name: "package/package.json",
      text: JSON.stringify({ scripts: { postinstall: `touch ${join(folder, "was-run")}` } }),
    },
    { name: "package/skills/pdf/SKILL.md", text },
  ]);

test("a version is found, verified and unpacked, and nothing of it is run", async () => {
  const { server, settings } = await registry(
    { "1.0.0": { bytes: await pack("one") }, "1.2.0": { bytes: await pack("two") } },
    { latest: "1.2.0", old: "1.0.0" },
  );
  await using _ = server;
  for (const [wanted, version, text] of [
    [null, "1.2.0", "two"],
    ["old", "1.0.0", "one"],
    ["^1.0.0", "1.2.0", "two"],
    ["1.0.0", "1.0.0", "one"],
  ] as const) {
    const into = mkdtempSync(join(folder, "into-"));
    const found = await findPackageVersion("@acme/skills", wanted, { settings });
    expect(found).toMatchObject({
      version,
      licence: "MIT",
      publisher: "acme",
      released: "2026-01-02T03:04:05.000Z",
    });
    const { files, sha256 } = await fetchPackage(found, into, { settings });
    expect(files.map(({ path }) => path)).toEqual(["package.json", "skills/pdf/SKILL.md"]);
    expect(new TextDecoder().decode(await files[1]?.read())).toBe(text);
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
  expect(existsSync(join(folder, "was-run"))).toBe(false);
});

test("what is not what the registry says is not unpacked", async () => {
  const bytes = await pack("one");
  const weak = `sha1-${createHash("sha1").update(bytes).digest("base64")}`;
  const { server, settings } = await registry(
    {
      "1.0.0": { bytes, integrity: `sha512-${"A".repeat(86)}==` },
      "2.0.0": { bytes, integrity: weak },
      "3.0.0": { bytes: bytes.subarray(0, 90) },
    },
    { latest: "1.0.0" },
  );
  await using _ = server;
  for (const [wanted, why] of [
    ["1.0.0", /SHA-512 is another/],
    ["2.0.0", /gives no SHA-512/],
    ["3.0.0", /damaged|cut off/],
  ] as const) {
    const into = mkdtempSync(join(folder, "into-"));
    const found = await findPackageVersion("@acme/skills", wanted, { settings });
    await expect(fetchPackage(found, into, { settings })).rejects.toMatchObject({
      code: "E-UPSTREAM",
      why: expect.stringMatching(why),
    });
  }
});

test("errors end with exit code 8 and show no token: no such version, no login, no registry, no network", async () => {
  const { server, settings } = await registry({ "1.0.0": { bytes: await pack("one") } }, { latest: "1.0.0" });
  const failed = async (name: string, wanted: string | null, from = settings) => {
    const error: unknown = await findPackageVersion(name, wanted, { settings: from }).catch(
      (reason: unknown) => reason,
    );
    if (!(error instanceof StetError)) throw error;
    expect(errorCodes[error.code].exit).toBe(8);
    expect(JSON.stringify(error)).not.toContain("s3cr3t");
    return error.why;
  };
  expect(await failed("@acme/skills", "^2.0.0")).toContain("none of its 1 versions is within ^2.0.0");
  expect(await failed("@acme/skills", "next")).toContain('no tag "next"');
  expect(await failed("@acme/skills", "1.0.1")).toContain("no version 1.0.1");
  expect(await failed("@acme/skills", "constructor")).toContain('no tag "constructor"');
  expect(await failed("@acme/nothing", null)).toContain("nothing there");
  expect(await failed("plain", null)).toContain("No registry is set");
  const without = readNpmSettings([`@acme:registry=${server.url}/npm`], {});
  expect(await failed("@acme/skills", null, without)).toContain("login");
  await server[Symbol.asyncDispose]();
  expect(await failed("@acme/skills", null)).toContain("refuses the connection");
});

describe("settings of npm", () => {
  const files = [
    `; user\nregistry = https://one.example/npm\n//one.example/npm/:_authToken=\${TOKEN}\n`,
    '@acme:registry="https://two.example/"\n//two.example/:username=u\n//two.example/:_password=cHc=\n',
  ];

  test("scopes, logins, variables", () => {
    const settings = readNpmSettings(files, { TOKEN: "t" });
    expect(registryOf("plain", settings)).toEqual({
      url: "https://one.example/npm/",
      authorization: "Bearer t",
    });
    expect(registryOf("@acme/a", settings)).toEqual({
      url: "https://two.example/",
      authorization: `Basic ${Buffer.from("u:pw").toString("base64")}`,
    });
    expect(registryOf("@other/a", settings)?.url).toBe("https://one.example/npm/");
    expect(
      registryOf("plain", readNpmSettings(files, { npm_config_registry: "https://three.example" })),
    ).toEqual({ url: "https://three.example/", authorization: null });
    expect(registryOf("plain", readNpmSettings([], {}))).toBeNull();
  });

  test("a login is for no address but its own", () => {
    const settings = readNpmSettings(["//one.example/npm/:_authToken=t\n"], {});
    expect(
      registryOf(
        "a",
        readNpmSettings(["registry=https://one.example/other/\n//one.example/npm/:_authToken=t\n"], {}),
      )?.authorization,
    ).toBeNull();
    expect(
      registryOf("a", new Map([...settings, ["registry", "https://one.example.evil/npm/"]]))?.authorization,
    ).toBeNull();
    expect(
      registryOf("a", new Map([...settings, ["registry", "https://one.example/npm/deeper/"]]))?.authorization,
    ).toBe("Bearer t");
  });
});

test("of a range the latest is taken, then what is not deprecated", () => {
  const version = (number: string, deprecated?: string) => ({
    version: number,
    deprecated,
    dist: { tarball: "t", integrity: "i" },
  });
  const listed = [version("1.0.0"), version("1.1.0", "broken"), version("1.0.5"), version("2.0.0")];
  const versions = Object.fromEntries(listed.map((one) => [one.version, one]));
  const packument = parsePackument(JSON.stringify({ "dist-tags": { latest: "1.0.0" }, versions }));
  if (packument === null) throw new Error("not read");
  const chosen = (wanted: string) => {
    const found = chooseVersion(packument, wanted);
    return typeof found === "string" ? found : found.version;
  };
  expect([chosen("^1.0.0"), chosen(">=1.0.1 <2"), chosen(">=1.1.0 <2"), chosen(">=2")]).toEqual([
    "1.0.0",
    "1.0.5",
    "1.1.0",
    "2.0.0",
  ]);
  expect(parsePackument("<html>")).toBeNull();
  expect(parsePackument("{}")).toBeNull();
});

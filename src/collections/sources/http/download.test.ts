import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { StetError } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { downloadText, downloadTo } from "./download.ts";
import type { WebRequest } from "./request.ts";
import { serving } from "./web-server.test-support.ts";

const folder = mkdtempSync(join(tmpdir(), "stet-download-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const token = "s3cr3t-t0k3n";

async function failure(request: WebRequest): Promise<StetError> {
  const error = await downloadText(request, 1000).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StetError)) throw new Error(`not refused: ${String(error)}`);
  const told = JSON.stringify({ ...error, message: error.message });
  expect(told).not.toContain(token);
  expect(error.fixes.length).toBeGreaterThan(0);
  for (const slot of [error.what, error.where, error.why, error.kept]) expect(slot).not.toBe("");
  return error;
}

test("what comes is hashed and kept", async () => {
  const bytes = Buffer.from("x".repeat(300_000));
  await using server = await serving((_, response) => response.end(bytes));
  const file = join(folder, "a");
  const counts: number[] = [];
  const done = await downloadTo(file, {
    url: `${server.url}/a?b=c`,
    progress: (count) => counts.push(count),
  });
  expect(readFileSync(file).equals(bytes)).toBe(true);
  expect(done).toMatchObject({ bytes: 300_000, sha256: createHash("sha256").update(bytes).digest("hex") });
  expect(counts.at(-1)).toBe(300_000);
});

describe("logins", () => {
  test("one in the address becomes a header, and goes to no other origin (BUGS U4)", async () => {
    await using other = await serving((_, response) => response.end("elsewhere"));
    await using server = await serving((request, response) => {
      const location = request.url === "/a" ? "/b" : `${other.url}/c`;
      response.writeHead(302, { location }).end();
    });
    const url = server.url.replace("//", `//user:${token}@`);
    expect(await downloadText({ url: `${url}/a` }, 1000)).toBe("elsewhere");
    const login = `Basic ${Buffer.from(`user:${token}`).toString("base64")}`;
    expect(server.asked.map(({ authorization }) => authorization)).toEqual([login, login]);
    expect(other.asked).toEqual([{ path: "/c", authorization: null }]);
  });

  test("no error shows one, wherever in the address it stood (BUGS U4)", async () => {
    await using server = await serving((_, response) => response.writeHead(404).end());
    const at = server.url.replace("//", `//${token}:${token}@`);
    const error = await failure({
      url: `${at}/archive.zip?token=${token}#${token}`,
      authorization: `Bearer ${token}`,
    });
    expect(error).toMatchObject({ code: "E-UPSTREAM", where: `${server.url}/archive.zip?...` });
    await failure({ url: `https://${token}@127.0.0.1:1/a?${token}` });
    await failure({ url: `nonsense ${token}` });
  });
});

describe("servers that do not behave", () => {
  test.each<[string, number, Readonly<Record<string, string>>, RegExp]>([
    ["nothing there", 404, {}, /nothing there/],
    ["a login is wanted", 401, {}, /login/],
    ["broken", 500, {}, /answered with 500/],
    ["limits for an hour", 429, { "retry-after": "3600" }, /3600 seconds of patience/],
    [
      "limits as GitHub does",
      403,
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "99999999999" },
      /limits how often/,
    ],
    ["sends round in a circle", 302, { location: "/again" }, /more than 5 times/],
    ["sends to a file", 302, { location: "file:///etc/passwd" }, /no web address/],
  ])("%s", async (_, status, headers, why) => {
    await using server = await serving((_request, response) => response.writeHead(status, headers).end());
    expect((await failure({ url: `${server.url}/a` })).why).toMatch(why);
    expect(server.asked.length).toBe(
      status === 500
        ? limits.downloadAttemptsMax
        : status === 302 && "location" in headers && headers.location === "/again"
          ? limits.redirectsMax + 1
          : 1,
    );
  });

  test("asks for patience, and is asked again", async () => {
    await using server = await serving((_, response, count) => {
      if (count === 1) response.writeHead(429, { "retry-after": "0" }).end();
      else response.end("at last");
    });
    expect(await downloadText({ url: server.url }, 1000)).toBe("at last");
  });

  test("closes half way, then does not: the file is whole", async () => {
    await using server = await serving((request, response, count) => {
      response.writeHead(200, { "content-length": "100000" });
      response.write("x".repeat(50_000), () => {
        if (count < 2) request.socket.destroy();
        else response.end("x".repeat(50_000));
      });
    });
    const file = join(folder, "half");
    expect(await downloadTo(file, { url: server.url })).toMatchObject({ bytes: 100_000 });
    expect(readFileSync(file, "utf8")).toBe("x".repeat(100_000));
  });

  test("always closes half way", async () => {
    await using server = await serving((request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("x", () => request.socket.destroy());
    });
    expect((await failure({ url: server.url })).why).toMatch(/half way|broke off|ended after/);
    expect(server.asked.length).toBe(limits.downloadAttemptsMax);
  });

  test("falls silent, before or in the middle of the answer", async () => {
    for (const begins of [false, true]) {
      await using server = await serving((_, response) => {
        if (begins) response.writeHead(200).write("x");
      });
      expect((await failure({ url: server.url, silenceMilliseconds: 50 })).why).toBe(
        "The server fell silent.",
      );
    }
  });

  test("says too much, or says that it will", async () => {
    for (const headers of [{}, { "content-length": "1000000" }]) {
      await using server = await serving((_, response) => {
        response.writeHead(200, headers);
        response.end("x".repeat(1_000_000));
      });
      expect((await failure({ url: server.url })).why).toMatch(/larger than 1000 bytes/);
      expect(server.asked.length).toBe(1);
    }
  });

  test("is not there", async () => {
    const server = await serving((_, response) => response.end());
    const { url } = server;
    await server[Symbol.asyncDispose]();
    expect((await failure({ url })).why).toMatch(/refuses the connection/);
  });
});

test("a cancel ends it at once, also while it waits to ask again", async () => {
  await using server = await serving((_, response, count) => {
    if (count === 1) response.writeHead(503, { "retry-after": "20" }).end();
    else response.write("x");
  });
  for (const _ of ["waiting", "receiving"]) {
    const controller = new AbortController();
    const reason = new Error("cancelled");
    setTimeout(() => controller.abort(reason), 60);
    await expect(downloadText({ url: server.url, signal: controller.signal }, 1000)).rejects.toThrow(
      "cancelled",
    );
  }
});

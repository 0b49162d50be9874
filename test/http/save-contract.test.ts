import { expect, test } from "vitest";
import { cat } from "../../src/app/cat.ts";
import { log } from "../../src/app/log.ts";
import { ServedProject } from "./served-project.ts";

const path = "/api/context/skills/pdf";
const file = ".agents/skills/pdf/SKILL.md";
const text = "---\nname: pdf\ndescription: Reads PDF files.\n---\n\n# Usage\n\nRun it.\n\n# Flags\n\nNone.\n";
const files = { [file]: text, ".agents/skills/pdf/scripts/run.sh": "#!/bin/sh\n" };
const usage = text.replace("Run it.", "Run it twice.");
const flags = text.replace("None.", "One: --fast.");
const otherUsage = text.replace("Run it.", "Never run it.");

async function served(): Promise<ServedProject> {
  return await ServedProject.begin(files);
}

async function kept(here: ServedProject, id: unknown): Promise<string> {
  const { data } = await cat(here.project.environment, { what: `skill/pdf@${String(id)}` });
  return new TextDecoder().decode(data.bytes);
}

test("GET answers content, mtime_ns as a decimal string, version, fields, files, targets and an ETag", async () => {
  await using here = await served();
  const { status, body, headers } = await here.get(path);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    kind: "skills",
    name: "pdf",
    content: text,
    mtime_ns: expect.stringMatching(/^\d{18,20}$/),
    version: expect.stringMatching(/^sha256:/),
    fields: { name: "pdf", description: "Reads PDF files." },
    files: [
      { path: "SKILL.md", executable: false },
      { path: "scripts/run.sh", executable: true },
    ],
  });
  expect(headers.get("etag")).toBe(`"${String(body.version)}"`);
});

test("a save with the present mtime_ns is saved, and its answer is what the next save is compared with", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  const first = await here.put(path, { content: usage, mtime_ns: read.mtime_ns });
  expect(first).toMatchObject({ status: 200, body: { name: "pdf", outcome: "saved", decisions: [] } });
  expect(first.body.operation).toMatch(/^op_/);
  expect(here.project.read(file)).toBe(usage);
  const second = await here.put(path, { content: flags, mtime_ns: first.body.mtime_ns });
  expect(second).toMatchObject({ status: 200, body: { outcome: "saved" } });
});

test("a stale mtime_ns is refused with the present one, without content, and the text is kept (BUGS S2)", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  await here.put(path, { content: usage, mtime_ns: read.mtime_ns });
  const { body: present } = await here.get(path);
  const told = await here.put(path, { content: otherUsage, mtime_ns: read.mtime_ns });
  expect(told).toMatchObject({
    status: 409,
    body: {
      status: "aborted",
      reason: expect.any(String),
      mtime_ns: present.mtime_ns,
      error_kind: "conflict",
      reason_code: "stale_mtime",
      version: present.version,
      theirs: { actor: { name: "ana" } },
    },
  });
  expect(JSON.stringify(told.body)).not.toContain("Run it twice");
  expect(here.project.read(file)).toBe(usage);
  expect(await kept(here, told.body.mineSavedAs)).toBe(otherUsage);
  const { data } = await log(here.project.environment, { artifact: "skill/pdf", limit: 10 });
  expect(data.operations.map((one) => one.kind)).toEqual(["save", "init"]);
});

test("with mtime_ns alone a time that differs is stale even where the text is the same", async () => {
  await using here = await served();
  const told = await here.put(path, { content: text, mtime_ns: "1" });
  expect(told).toMatchObject({ status: 409, body: { reason_code: "stale_mtime" } });
});

test("with a base the text is compared, not the clock (BUGS S1)", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  here.project.write(file, text);
  const told = await here.put(path, { content: usage, base: read.version, mtime_ns: "1" });
  expect(told).toMatchObject({ status: 200, body: { outcome: "saved" } });
});

test("what is there already is unchanged, and no operation", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  here.project.write(file, usage);
  const told = await here.put(path, { content: usage, base: read.version });
  expect(told).toMatchObject({ status: 200, body: { outcome: "unchanged", operation: null } });
});

test("changes of different parts are merged, with the decisions and the whole text", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  here.project.write(file, usage);
  const told = await here.put(path, { content: flags, base: read.version });
  expect(told).toMatchObject({ status: 200, body: { outcome: "merged" } });
  const both = usage.replace("None.", "One: --fast.");
  expect(told.body.content).toBe(both);
  expect(here.project.read(file)).toBe(both);
  expect(told.body.decisions).not.toEqual([]);
});

test("If-Match compares as a base does, and * asks only that it is there", async () => {
  await using here = await served();
  const { headers } = await here.get(path);
  here.project.write(file, usage);
  const merged = await here.put(path, { content: flags }, { "if-match": headers.get("etag") ?? "" });
  expect(merged).toMatchObject({ status: 200, body: { outcome: "merged" } });
  expect(await here.put(path, { content: text }, { "if-match": "*" })).toMatchObject({
    status: 200,
    body: { outcome: "saved" },
  });
});

test("a true overlap is refused with its units and the text kept, and can be left for later", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  here.project.write(file, usage);
  const told = await here.put(path, { content: otherUsage, base: read.version });
  expect(told).toMatchObject({
    status: 409,
    body: {
      status: "aborted",
      reason_code: "conflict",
      error_kind: "conflict",
      conflict: { id: expect.stringMatching(/^cf_/), units: [{ number: 1, choice: null }] },
    },
  });
  expect(here.project.read(file)).toBe(usage);
  expect(await kept(here, told.body.mineSavedAs)).toBe(otherUsage);
  expect((await here.get("/api/conflicts")).body.items).toEqual([]);
  const { id } = Object(told.body.conflict);
  expect(await here.post("/api/conflicts", { id })).toMatchObject({ status: 200, body: { conflicts: [id] } });
  expect((await here.get("/api/conflicts")).body.items).toMatchObject([{ id, artifact: "skill/pdf" }]);
  const settled = await here.post(`/api/conflicts/${id}/resolve`, {
    units: [{ number: 1, choice: "yours" }],
  });
  expect(settled.status).toBe(200);
  expect(here.project.read(file)).toBe(otherUsage);
});

test("force replaces and keeps, on record with both versions and times and the actor (BUGS S4)", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  here.project.write(file, usage);
  const { body: theirs } = await here.get(path);
  const sent = {
    content: otherUsage,
    base: read.version,
    mtime_ns: read.mtime_ns,
    force: true,
    seen: theirs.version,
  };
  const told = await here.put(path, sent);
  expect(told).toMatchObject({
    status: 200,
    body: { outcome: "saved", replaced: { version: theirs.version, mtime_ns: theirs.mtime_ns } },
  });
  const audit = {
    path: "skills/pdf/SKILL.md",
    clientVersion: read.version,
    clientMtime: read.mtime_ns,
    presentVersion: theirs.version,
    presentMtime: theirs.mtime_ns,
  };
  expect(read.mtime_ns).not.toBe(theirs.mtime_ns);
  const { operation } = Object((await here.get(`/api/operations/${String(told.body.operation)}`)).body);
  expect(operation).toMatchObject({ kind: "force", details: audit, actor: { name: "ana" } });
  const warning = here.logged.find((line) => line.level === 40);
  expect(warning).toMatchObject({ ...audit, actor: { name: "ana" }, operation: told.body.operation });
  expect(await kept(here, theirs.version)).toBe(usage);
});

test("force over a third version that nobody was shown is refused (BUGS S4)", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  here.project.write(file, usage);
  const { body: shown } = await here.get(path);
  here.project.write(file, flags);
  const told = await here.put(path, {
    content: otherUsage,
    base: read.version,
    force: true,
    seen: shown.version,
  });
  expect(told).toMatchObject({ status: 409, body: { reason_code: "changed_again" } });
  expect(here.project.read(file)).toBe(flags);
  expect(await kept(here, told.body.mineSavedAs)).toBe(otherUsage);
});

test("force over a fresh base is a plain save", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  const told = await here.put(path, { content: usage, base: read.version, force: true });
  expect(told).toMatchObject({ status: 200, body: { outcome: "saved", replaced: null } });
  expect((await here.project.kinds())[0]).toBe("save");
  expect(here.logged.filter((line) => line.level === 40)).toEqual([]);
});

test("a change of another file of the skill does not make its text stale, and is carried over", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  here.project.write(".agents/skills/pdf/scripts/run.sh", "#!/bin/sh\nexit 1\n");
  const told = await here.put(path, { content: usage, base: read.version });
  expect(told).toMatchObject({ status: 200, body: { outcome: "saved" } });
  const { body } = await here.get(path);
  expect(body.version).toBe(told.body.version);
  expect(here.project.read(".agents/skills/pdf/scripts/run.sh")).toContain("exit 1");
});

test("two parallel PUTs with one mtime_ns: exactly one 200 and one 409", async () => {
  await using here = await served();
  for (let round = 0; round < 10; round++) {
    const { body: read } = await here.get(path);
    const told = await Promise.all(
      ["one", "two"].map((word) =>
        here.put(path, { content: `${text}${round} ${word}\n`, mtime_ns: read.mtime_ns }),
      ),
    );
    expect(told.map((one) => one.status).sort()).toEqual([200, 409]);
  }
});

test("64 saves with one mtime_ns, in whatever grain the clock has: one is saved, and every text is kept (BUGS S1)", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  const contents = Array.from({ length: 64 }, (_, index) => `${text}${index}\n`);
  const told = await Promise.all(
    contents.map((content) => here.put(path, { content, mtime_ns: read.mtime_ns })),
  );
  expect(told.filter((one) => one.status === 200)).toHaveLength(1);
  expect(told.filter((one) => one.status === 409)).toHaveLength(63);
  for (const [index, one] of told.entries()) {
    if (one.status === 409) expect(await kept(here, one.body.mineSavedAs)).toBe(contents[index]);
  }
});

test("a write with an Idempotency-Key is done once, also by another server (BUGS S9)", async () => {
  await using here = await served();
  const { body: read } = await here.get(path);
  const sent = { content: usage, base: read.version };
  const key = { "idempotency-key": "save-1" };
  const first = await here.put(path, sent, key);
  const again = await here.put(path, sent, key);
  expect(again).toMatchObject({ status: 200, body: first.body });
  expect(again.headers.get("idempotent-replay")).toBe("true");
  const other = await ServedProject.of(here.project);
  const elsewhere = await other.put(path, sent, key);
  await other.server.close();
  expect(elsewhere).toMatchObject({
    status: 200,
    body: { operation: first.body.operation, version: first.body.version, mtime_ns: first.body.mtime_ns },
  });
  expect(await here.project.kinds()).toEqual(["save", "init"]);
  expect(await here.put(path, { ...sent, content: flags }, key)).toMatchObject({ status: 422 });
});

import { expect, test } from "vitest";
import { TestProject } from "../app/test-project.ts";
import { ServedProject } from "./served-project.ts";

const file = ".agents/skills/pdf/SKILL.md";
const first = "---\nname: pdf\ndescription: Reads PDF files.\n---\n\n# Usage\n\nRun it.\n";
const second = first.replace("Run it.", "Run it twice.");
const files = { [file]: first, ".agents/rules/style.md": "# Style\n", ".claude/commands/old.md": "Old.\n" };
const path = "/api/context/skills/pdf";

test("the log is read in pages and by filters, and undone and redone", async () => {
  await using here = await ServedProject.begin(files);
  const headers = { "if-match": "*", "x-stet-agent": "claude-code", "x-stet-model": "opus" };
  const { body: saved } = await here.put(path, { content: second, message: "twice" }, headers);
  await here.put("/api/context/rules/style", { content: "# Calm\n" }, { "if-match": "*" });
  const ids = async (query: string) => {
    const { body } = await here.get(`/api/operations?${query}`);
    return Array.isArray(body.items) ? body.items.map((one) => one.id) : [];
  };
  const page = await here.get("/api/operations?limit=1");
  expect(page.body.next).toBe(Object(page.body.items)[0].id);
  expect(await ids(`cursor=${String(page.body.next)}&limit=1`)).toEqual([saved.operation]);
  for (const query of ["agent=claude-code", "model=opus", "text=TWICE", "path=skills/pdf/SKILL.md&kind=save"])
    expect(await ids(query)).toEqual([saved.operation]);
  expect(await ids("until=1999-01-01")).toEqual([]);
  const undone = await here.post(`/api/operations/${String(saved.operation)}/undo`);
  expect(undone).toMatchObject({ status: 200, body: { undone: { id: saved.operation } } });
  expect(here.project.read(file)).toBe(first);
  expect((await here.post("/api/undo")).status).toBe(200);
  expect((await here.post("/api/redo")).status).toBe(200);
  expect((await here.get(`${path}/history`)).body.items).toHaveLength(3);
});

test("?at= reads an earlier time, and nothing is captured by it", async () => {
  await using here = await ServedProject.begin(files);
  const { body: log } = await here.get("/api/operations");
  const begin = Object(log.items).at(-1).id;
  await here.put(path, { content: second }, { "if-match": "*" });
  const { body } = await here.get(`${path}?at=${begin}`);
  expect(body).toMatchObject({ content: first, mtime_ns: null });
  const { body: list } = await here.get(`/api/context/skills?at=${begin}`);
  expect(Object(list.items)[0].version).toBe(body.version);
  const { body: diff } = await here.get(`${path}/diff?from=${begin}`);
  expect(Object(diff.items)[0].patch).toContain("+Run it twice.");
  const bytes = await here.get(`${path}/files/SKILL.md?at=${begin}`);
  expect(bytes.body.text).toBe(first);
});

test("an artifact is renamed, restored and removed", async () => {
  await using here = await ServedProject.begin(files);
  const { body: read } = await here.get(path);
  await here.put(path, { content: second, base: read.version });
  expect((await here.post(`${path}/restore`, { at: read.version })).status).toBe(200);
  expect(here.project.read(file)).toBe(first);
  expect((await here.post(`${path}/rename`, { name: "reader" })).status).toBe(200);
  const renamed = "/api/context/skills/reader";
  const { headers } = await here.get(renamed);
  const stale = await here.ask("DELETE", renamed, { headers: { "if-match": '"sha256:0"' } });
  expect(stale.status).toBe(409);
  const etag = headers.get("etag") ?? "";
  const removed = await here.ask("DELETE", `${renamed}?cascade=true`, { headers: { "if-match": etag } });
  expect(removed.status).toBe(200);
  expect((await here.get(renamed)).status).toBe(404);
});

test("drafts survive a restart with the version that they were begun on (BUGS S5)", async () => {
  using project = await TestProject.imported(files);
  const draft = {
    artifact: "skill/pdf",
    client: "tab-1",
    base: `sha256:${"1".repeat(64)}`,
    content: "half a thou",
  };
  const before = await ServedProject.of(project);
  expect((await before.post("/api/drafts", draft)).status).toBe(200);
  expect((await before.post("/api/drafts", { ...draft, content: "half a thought" })).status).toBe(200);
  await before.post("/api/drafts", { ...draft, client: "tab-2" });
  await before.post("/api/drafts?scope=project", { ...draft, artifact: "rule/style" });
  await before.server.close();
  const after = await ServedProject.of(project);
  const { body } = await after.get("/api/drafts?artifact=skill/pdf");
  expect(body.items).toMatchObject([{ client: "tab-2" }, { ...draft, content: "half a thought" }]);
  await after.ask("DELETE", "/api/drafts?artifact=skill/pdf&client=tab-1");
  expect((await after.get("/api/drafts?artifact=skill/pdf")).body.items).toHaveLength(1);
  await after.server.close();
});

test("settings are changed only as they were shown", async () => {
  await using here = await ServedProject.begin(files);
  const { body } = await here.get("/api/settings");
  const set = { "merge.policy": "theirs" };
  expect((await here.post("/api/settings", { set, base: body.version })).status).toBe(200);
  const stale = await here.post("/api/settings", { set: { "merge.policy": "yours" }, base: body.version });
  expect(stale).toMatchObject({ status: 409, body: { error_kind: "conflict", status: "aborted" } });
  const { body: targets } = await here.get("/api/settings/sync");
  const wanted = [...Object(targets.targets), "codex:project"];
  const carried = await here.post("/api/settings/sync", { targets: wanted, base: targets.version });
  expect(carried.body.targets).toEqual(wanted);
});

test("a sync is looked at before it is done, planned and applied; an edited target shows in targets and stales no PUT", async () => {
  await using here = await ServedProject.begin({ ...files, ".claude/settings.json": "{}\n" });
  await here.post("/api/settings/sync", { targets: ["claude:project"] });
  const looked = await here.post("/api/sync", { dry_run: true });
  expect(looked.body).toMatchObject({ operation: null, plan: expect.any(Array) });
  const { body: planned } = await here.post("/api/sync/plan", {});
  const applied = await here.post("/api/sync/apply", { plan: planned.plan });
  expect(applied.body.operation).toMatch(/^op_/);
  const { body: rendered } = await here.get(`${path}/rendered`);
  expect(Object(rendered.items)[0]).toMatchObject({ target: "claude:project", files: [{ content: first }] });
  const { body: read } = await here.get(path);
  here.project.write(".claude/skills/pdf/SKILL.md", second);
  const told = await here.put(path, { content: `${first}More.\n`, mtime_ns: read.mtime_ns });
  expect(told.status).toBe(200);
  const unexplained = await here.post("/api/sync/ignore", { target: "claude:project", field: "model" });
  expect(unexplained.body).toMatchObject({ code: "E-USAGE" });
  const ignored = await here.post("/api/sync/ignore", {
    target: "claude:project",
    field: "model",
    reason: "Claude Code runs another",
  });
  expect(ignored.body.operation).toMatch(/^op_/);
  expect(here.project.read(".agents/stet/collection.toml")).toContain("Claude Code runs another");
  const other = await ServedProject.of(here.project);
  const { body: drifted } = await other.get(path);
  expect(drifted.targets).toMatchObject([{ runtime: "claude", state: "diverged" }]);
  await other.server.close();
});

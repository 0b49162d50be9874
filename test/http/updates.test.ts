import { expect, test } from "vitest";
import { pdf, projectWith, skillPath, withGit } from "../collections/upstream-project.ts";
import { UpstreamRepository } from "../collections/upstream-repository.ts";
import { ServedProject } from "./served-project.ts";

const path = "/api/updates/skills/pdf";

test("an update is listed, looked at from all three sides, and taken in together with what was changed here", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  const project = await projectWith(upstream);
  project.write(skillPath, pdf({ Output: "A file in out/." }));
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "Run it twice." }) });
  await using here = await ServedProject.of(project, {}, withGit(project));
  const { body: list } = await here.get("/api/updates");
  expect(list.items).toMatchObject([{ artifact: "skill/pdf", state: "merges", theirs: 1, yours: 1 }]);
  const { body: read } = await here.get(path);
  expect(read).toMatchObject({
    update: { state: "merges" },
    theirs: [{ path: "skill/pdf/SKILL.md", patch: expect.stringContaining("+Run it twice.") }],
    mine: [{ path: "skill/pdf/SKILL.md", patch: expect.stringContaining("+A file in out/.") }],
    result: [{ path: "skill/pdf/SKILL.md", patch: expect.stringContaining("+Run it twice.") }],
  });
  expect(JSON.stringify(read.result)).not.toContain("+A file in out/.");
  const dry = await here.post("/api/updates", { dry_run: true });
  expect(dry).toMatchObject({ status: 200, body: { operation: null, updates: [{ state: "merges" }] } });
  const { body: done } = await here.post("/api/updates", { artifacts: ["skill/pdf"] });
  expect(done.operation).toMatch(/^op_/);
  expect(project.read(skillPath)).toBe(pdf({ Usage: "Run it twice.", Output: "A file in out/." }));
  expect((await here.get(path)).body).toMatchObject({ update: { state: "current" }, theirs: [], result: [] });
  const { body: source } = await here.get("/api/context/skills/pdf/upstream");
  expect(source).toMatchObject({ artifact: "skill/pdf", upstream: { edited: ["SKILL.md"] } });
  const { body: own } = await here.get("/api/context/rules/tone/upstream");
  expect(own).toMatchObject({ artifact: "rule/tone", upstream: null });
  expect(await here.get("/api/updates/rules/tone")).toMatchObject({ status: 404 });
  expect(await here.get("/api/updates/skills/-rf")).toMatchObject({
    status: 400,
    body: { reason_code: "bad_name" },
  });
});

test("what has to be allowed first is found by the audit, with its lines, and no update takes it in", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  const project = await projectWith(upstream);
  upstream.commit({ "skills/pdf/run.sh": "#!/bin/sh\nrm -r x\n" });
  await using here = await ServedProject.of(project, {}, withGit(project));
  const { body: found } = await here.get("/api/audit");
  expect(found.items).toMatchObject([
    { artifact: "skill/pdf", code: "executable", where: "update", allowed: null },
  ]);
  const { body: done } = await here.post("/api/updates", {});
  expect(done).toMatchObject({ operation: null, needsDecision: true, updates: [{ state: "security" }] });
});

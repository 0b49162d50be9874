import { expect, test } from "vitest";
import { ServedProject } from "./served-project.ts";

const file = ".agents/skills/pdf/SKILL.md";
const first = "---\nname: pdf\ndescription: Reads PDF files.\n---\n\nRun it.\n";

test("a version is named, read by its name, found by its words and lets the name go; branches are listed", async () => {
  await using here = await ServedProject.begin({ [file]: first });
  const path = "/api/context/skills/pdf";
  expect(await here.post("/api/pins", { name: "good", note: "worked" })).toMatchObject({ status: 200 });
  expect(await here.post("/api/pins", { name: "good" })).toMatchObject({ status: 409 });
  await here.put(path, { content: first.replace("Run it.", "Walk.") }, { "if-match": "*" });
  expect((await here.get("/api/pins")).body.items).toMatchObject([{ name: "good", note: "worked" }]);
  expect((await here.get(`${path}?at=good`)).body.content).toBe(first);
  expect((await here.get("/api/search?text=WALK")).body.items).toMatchObject([
    { artifact: "skill/pdf", text: "Walk.", operation: null },
  ]);
  expect((await here.get("/api/search?text=run%20it")).body.items).toEqual([]);
  const { body: past } = await here.get("/api/search?text=run%20it&past=true");
  expect(past.items).toMatchObject([{ text: "Run it.", operation: expect.stringMatching(/^op_/) }]);
  expect(await here.get("/api/search?text=")).toMatchObject({ status: 400 });
  expect((await here.ask("DELETE", "/api/pins/good")).status).toBe(200);
  expect(await here.ask("DELETE", "/api/pins/good")).toMatchObject({ status: 404 });
  const { body } = await here.get("/api/branches");
  expect(body.items).toMatchObject([{ name: "main", current: true, heldElsewhere: false }]);
  expect(JSON.stringify(body)).not.toContain(here.project.folder);
});

import { expect, test } from "vitest";
import { ServedProject } from "./served-project.ts";

const file = ".agents/skills/pdf/SKILL.md";
const path = "/api/context/skills/pdf";
const secret = `ghp_${"A1b2C3d4E5f6G7h8I9j0".repeat(2).slice(0, 36)}`;
const text = `---\nname: pdf\ndescription: Reads PDF files.\n---\n\n**************\n\nToken: ${secret}\n`;

test("a text in which our own view masked a secret is refused, kept and replaces nothing, also by force", async () => {
  await using here = await ServedProject.begin({ [file]: text });
  const { body: read } = await here.get(path);
  const shown = String(read.content);
  expect(read.masked).toBe(true);
  expect(shown).not.toContain(secret);
  const edited = shown.replace("Reads", "Writes");
  for (const precondition of [
    { base: read.version },
    { mtime_ns: read.mtime_ns },
    { mtime_ns: "5", force: true, seen: read.version },
  ]) {
    const told = await here.put(path, { content: edited, ...precondition });
    expect(told).toMatchObject({
      status: 422,
      body: { reason_code: "secret", mineSavedAs: expect.stringMatching(/^sha256:/) },
    });
    for (const slot of ["what", "where", "why", "kept", "fixes"]) expect(told.body).toHaveProperty(slot);
    expect(JSON.stringify(told.body)).not.toContain(secret);
  }
  expect(here.project.read(file)).toBe(text);
  const without = text.replace(secret, "$TOKEN");
  expect((await here.put(path, { content: without, base: read.version })).status).toBe(200);
  expect(here.project.read(file)).toBe(without);
});

import { expect, test } from "vitest";
import { ServedProject } from "./served-project.ts";

const severities = ["error", "warning", "note", "ok"];

test("doctor tells what it looked at, the worst first, and no folder of this machine", async () => {
  await using here = await ServedProject.begin({
    ".agents/skills/pdf/SKILL.md": "---\nname: pdf\ndescription: Reads PDF files.\n---\n",
    ".agents/rules/broken.md": "<<<<<<< ours\nA.\n=======\nB.\n>>>>>>> theirs\n",
  });
  const { status, body } = await here.get("/api/doctor");
  expect(status).toBe(200);
  const items: readonly { readonly code: string; readonly severity: string }[] = Object(body.items);
  expect(items.find((one) => one.code === "D-MARKERS")).toMatchObject({
    where: expect.stringContaining("broken.md"),
  });
  const order = items.map((one) => severities.indexOf(one.severity));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  expect(body.worst).toBe(items[0]?.severity);
  expect(JSON.stringify(body)).not.toContain(here.project.folder);
});

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ServedProject } from "./served-project.ts";

const guide = readFileSync(new URL("../../docs/http.md", import.meta.url), "utf8");
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
const run = promisify(execFile);

const hasCurl = await run("curl", ["--version"]).then(
  () => true,
  () => false,
);
if (!hasCurl) process.stderr.write("left out: the lines of docs/http.md, because there is no curl here\n");

test.skipIf(!hasCurl)("the curl lines of the guide work as printed", async () => {
  await using here = await ServedProject.begin({
    ".agents/skills/pdf/SKILL.md": "---\nname: pdf\ndescription: Reads PDF files.\n---\n\n# Usage\n",
  });
  expect(blocks).toHaveLength(5);
  const env = {
    PATH: process.env.PATH,
    URL: here.server.url,
    STET_HOME: here.project.environment.storeFolder,
  };
  const told: string[] = [];
  for (const block of blocks) {
    const { stdout } = await run("sh", ["-c", `${block}true`], { env });
    told.push(stdout);
  }
  const [reading = "", saving = "", updates = "", events = "", access = ""] = told;
  expect(reading).toContain('"name":"pdf"');
  expect(saving).toMatch(/"outcome":"saved"[\s\S]*"reason_code":"stale_mtime"[\s\S]*"mineSavedAs":"sha256:/);
  expect(updates).toContain('{"items":[],"next":null}{"operation":null');
  expect(events).toContain("event: status");
  expect(access).toContain('"actor":{"name":"ana"');
});

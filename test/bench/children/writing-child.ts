/**
 * One workspace operation on f files in d folders, between the two marks.
 *
 *     node writing-child.ts <project> <replace|create|remove> <files> <folders>
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TemporaryWorkspace } from "../../workspace/temporary-workspace.ts";
import { mark } from "../marks.ts";
import { fileBytes, proseOf, randomFrom, skillName } from "../skill-files.ts";

const [, , project = "", kind = "", ...counts] = process.argv;
const [files = 0, folders = 1] = counts.map(Number);
const random = randomFrom(files);
const textsFor = (label: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: files }, (_, index) => [
      `skills/${skillName(index % folders)}/file-${index}.md`,
      proseOf(random, `# ${label} ${index}\n`, fileBytes),
    ]),
  );

const workspace = await TemporaryWorkspace.open(project);
// Something else is there already: the work folder was made and the store has been written.
await workspace.write({ "skills/other/SKILL.md": "other\n" });
if (kind !== "create") await workspace.write(textsFor("before"));
const after = textsFor("after");
const wanted = kind === "remove" ? Object.fromEntries(Object.keys(after).map((path) => [path, null])) : after;
mark("begin");
const outcome = await workspace.write(wanted);
mark("end");
await workspace.store.close();
if (outcome.status !== "done") throw new Error(outcome.status);
for (const [path, text] of Object.entries(wanted)) {
  const file = join(project, ".agents", path);
  if (text === null ? isThere(file) : readFileSync(file, "utf8") !== text) throw new Error(`${path} differs`);
}

function isThere(file: string): boolean {
  try {
    readFileSync(file);
    return true;
  } catch {
    return false;
  }
}

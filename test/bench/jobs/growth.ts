/** Rows and bytes that one save adds to a store of 10,000 artifacts, against one of 100. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { initialise } from "../../../src/app/init.ts";
import { save } from "../../../src/app/save.ts";
import { makeWorld } from "../../app/fixture.ts";
import { type Row, report, shownNumber } from "../report.ts";
import { requireInHistory } from "../same-bytes.ts";
import { skillName, writeSkills } from "../skill-files.ts";
import { type StoreSize, storeSize } from "../store-size.ts";

const saves = 100;

async function growthAt(artifacts: number): Promise<StoreSize> {
  const world = makeWorld();
  try {
    const skills = join(world.project, ".claude/skills");
    const file = join(world.environment.storeFolder, "store.db");
    writeSkills(skills, artifacts, 1);
    await initialise(world.environment, { yes: true });
    const before = storeSize(file);
    for (let index = 0; index < saves; index++) {
      const name = skillName(Math.floor(((index + 0.5) * artifacts) / saves));
      appendFileSync(join(skills, name, "SKILL.md"), `A line of save ${index}.\n`);
      await save(world.environment);
    }
    const after = storeSize(file);
    await requireInHistory(world.home, join(world.project, ".claude"), "skills");
    return {
      rows: (after.rows - before.rows) / saves,
      payloadBytes: (after.payloadBytes - before.payloadBytes) / saves,
      pageBytes: (after.pageBytes - before.pageBytes) / saves,
    };
  } finally {
    world.dispose();
  }
}

const small = await growthAt(100);
const large = await growthAt(10_000);

function rowFor(what: string, of: keyof StoreSize): Row {
  const ratio = large[of] / small[of];
  return {
    job: `${what} that one save adds, at 10,000 artifacts against 100`,
    measured: `${shownNumber(ratio)} x`,
    goal: "at most 1.5 x",
    reached: ratio <= 1.5,
    note: `${shownNumber(small[of])} against ${shownNumber(large[of])}, mean of ${saves} saves, all tables and indexes`,
  };
}

report([
  rowFor("rows", "rows"),
  rowFor("bytes of rows and index entries", "payloadBytes"),
  rowFor("bytes of pages", "pageBytes"),
]);

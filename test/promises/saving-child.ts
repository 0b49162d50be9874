/**
 * A process that saves through the library, as a command does, and says what was acknowledged.
 *
 *     node saving-child.ts <world> <number> <saves> <frozen|backward|machine>
 *
 * Prints a line `<operation> <blob>` for each save at the moment it is acknowledged.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Environment, openForEdit, StetError, save, saveEdited } from "../../src/index.ts";

const [, , folder = "", number = "0", saves = "1", clock = "machine"] = process.argv;
const start = 1_700_000_000_000_000;
let ticks = 0;
const clocks: Readonly<Record<string, () => number>> = {
  frozen: () => start,
  backward: () => start - ++ticks * 1_000_000,
  machine: () => Date.now() * 1000,
};
const home = join(folder, "home");
const environment: Environment = {
  workingFolder: join(folder, "project"),
  homeFolder: home,
  storeFolder: join(home, "stet"),
  variables: {},
  clock: { now: clocks[clock] ?? Date.now },
  random: (count) => new Uint8Array(randomBytes(count)),
  user: `writer-${number}`,
  host: "test",
  processId: process.pid,
  platform: process.platform,
  progress: () => undefined,
};

/** A lock that was not to be had, or a file that others kept moving, is tried again: nothing was acknowledged. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const mayPass =
        error instanceof StetError && ["E-LOCKED", "E-STORE-BUSY", "E-STALE"].includes(error.code);
      if (!mayPass) throw error;
    }
  }
}

for (let index = 0; index < Number(saves); index++) {
  const text = `---\nname: a\ndescription: b\n---\n\nSave ${index} of ${number}.\n`;
  if (index % 2 === 0) {
    const file = join(environment.workingFolder, `.agents/commands/of-${number}.md`);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
    // Another process may have captured the file by now: then there is nothing to acknowledge.
    tell(await patiently(() => save(environment)));
  } else {
    const artifact = "agent/shared";
    const { data } = await patiently(() => openForEdit(environment, { artifact }));
    tell(await patiently(() => saveEdited(environment, { artifact, base: data.version, text })));
  }
}

function tell({ data }: Awaited<ReturnType<typeof save>>): void {
  if (data.operation !== null) process.stdout.write(`${data.operation} ${data.conflicts.length}\n`);
}

/** Recovery of an operation on 1,000 files that crashed with everything recorded and nothing in place. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { TemporaryWorkspace } from "../../workspace/temporary-workspace.ts";
import { startChild } from "../bench-child.ts";
import { benchFolder } from "../bench-folder.ts";
import { settleDisk } from "../command.ts";
import { openManyFiles, requireRewritten, rewriteManyFiles } from "../many-files.ts";
import { ratioRow, report, shownNumber } from "../report.ts";
import { compare } from "../rounds.ts";

const files = 1000;
const folders = 100;
using folder = benchFolder();

function emptyProject(name: string): string {
  const project = join(folder.path, name);
  mkdirSync(project);
  return project;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  settleDisk();
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1000;
}

const result = await compare(
  async (round) => {
    const project = emptyProject(`crashed-${round}`);
    const ended = await startChild("crashing-writer", project, String(files), String(folders)).catch(
      () => null,
    );
    if (ended !== null) throw new Error("the child was to crash");
    const workspace = await TemporaryWorkspace.open(project);
    const seconds = await timed(async () => {
      const { operations } = await workspace.recover();
      if (operations.length !== 1) throw new Error("there was nothing to recover");
    });
    await workspace.store.close();
    requireRewritten(project, files, folders);
    return seconds;
  },
  async (round) => {
    const project = emptyProject(`whole-${round}`);
    const workspace = await openManyFiles(project, files, folders);
    const seconds = await timed(() => rewriteManyFiles(workspace, files, folders));
    await workspace.store.close();
    requireRewritten(project, files, folders);
    return seconds;
  },
);
report([
  ratioRow(
    `recovery of a crashed operation on ${files} files by the operation`,
    result.ratio,
    1.5,
    `recovery ${shownNumber(result.ours.median)} s, operation ${shownNumber(result.peer.median)} s, both in process; nothing was in place yet`,
  ),
]);

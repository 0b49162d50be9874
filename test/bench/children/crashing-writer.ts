/**
 * Begins an operation on many files and ends itself, as by a power switch, right after the store's transaction:
 * everything is recorded and nothing is in place.
 *
 *     node crashing-writer.ts <project> <files> <folders>
 */
import { openManyFiles, rewriteManyFiles } from "../many-files.ts";

const [, , project = "", files = "0", folders = "1"] = process.argv;
const workspace = await openManyFiles(project, Number(files), Number(folders), (store) => ({
  ...store,
  write: async (batches, options) => {
    const result = await store.write(batches, options);
    if (options?.local?.journal !== undefined) process.kill(process.pid, "SIGKILL");
    return result;
  },
}));
await rewriteManyFiles(workspace, Number(files), Number(folders));

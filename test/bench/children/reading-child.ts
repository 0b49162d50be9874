/**
 * Reads the first page of the log and one file, over and over, until a file appears; prints the milliseconds of
 * each look.
 *
 *     node reading-child.ts <store file> <file that ends it>
 */
import { existsSync } from "node:fs";
import { openStore } from "../../../src/store/sqlite/open-store.ts";
import { systemClock, systemRandom } from "../../workspace/temporary-place.ts";

const [, , file = "", end = ""] = process.argv;
const store = await openStore({ file, clock: systemClock, random: systemRandom, transport: "inline" });
const times: number[] = [];
while (!existsSync(end)) {
  const begin = performance.now();
  const operations = await store.history.operations({ limit: 20 });
  const blobs = operations.flatMap(({ changes }) =>
    changes.slice(0, 1).flatMap(({ after }) => after?.blob ?? []),
  );
  const found = await store.history.getMany(blobs.slice(0, 1));
  times.push(performance.now() - begin);
  if (found.includes(undefined)) throw new Error("a reader saw half a state");
  await new Promise((resolve) => setTimeout(resolve, 2));
}
await store.close();
process.stdout.write(JSON.stringify(times));

/**
 * Saves one version after the other onto one ref that others save onto as well, and prints the milliseconds of
 * each save.
 *
 *     node contending-child.ts <store file> <collection> <number of this child> <saves> <start, in ms since 1970>
 */
import { parseRandomId } from "../../../src/domain/ids.ts";
import { openStore } from "../../../src/store/sqlite/open-store.ts";
import { systemClock, systemRandom } from "../../workspace/temporary-place.ts";
import { SavedSkills } from "../saved-skills.ts";

const [, , file = "", collectionText = "", child = "", saves = "0", start = "0"] = process.argv;
const collection = parseRandomId("collection", collectionText);
const store = await openStore({ file, clock: systemClock, random: systemRandom, transport: "inline" });
const skills = new SavedSkills(store, collection);
await new Promise((resolve) => setTimeout(resolve, Number(start) - Date.now()));
const times: number[] = [];
for (let n = 0; n < Number(saves); n++) {
  const begin = performance.now();
  await skills.save(`skill-${child}`, `save ${n} of ${child}\n`);
  times.push(performance.now() - begin);
}
await store.close();
process.stdout.write(JSON.stringify(times));

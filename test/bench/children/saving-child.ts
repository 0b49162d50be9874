/**
 * Saves through the library and prints `[single, concurrent]`, saves a second.
 *
 *     node saving-child.ts <store file> <single saves> <concurrent saves> <at once>
 *
 * Between the two marks lie the single saves. It ends with a failure unless each save is in the log, once.
 */
import { openStore } from "../../../src/store/sqlite/open-store.ts";
import { systemClock, systemRandom } from "../../workspace/temporary-place.ts";
import { mark } from "../marks.ts";
import { SavedSkills } from "../saved-skills.ts";
import { fileBytes, proseOf, randomFrom } from "../skill-files.ts";

const [, , file = "", ...counts] = process.argv;
const [singleCount = 0, concurrentCount = 0, atOnce = 0] = counts.map(Number);
const random = randomFrom(singleCount + 1);
const store = await openStore({ file, clock: systemClock, random: systemRandom, transport: "worker" });
const skills = new SavedSkills(store);
const texts = Array.from({ length: singleCount + concurrentCount + 1 }, (_, n) =>
  proseOf(random, `# Save ${n}\n`, fileBytes),
);
const nameOf = (n: number): string => `skill-${n % 64}`;
const saveText = (n: number): Promise<void> => skills.save(nameOf(n), texts[n] ?? "");

async function rate(from: number, count: number, lanes: number): Promise<number> {
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + count) await saveText(next++);
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: lanes }, lane));
  return (count * 1000) / (performance.now() - begin);
}

await saveText(singleCount + concurrentCount);
mark("begin");
const single = await rate(0, singleCount, 1);
mark("end");
const concurrent = concurrentCount === 0 ? 0 : await rate(singleCount, concurrentCount, atOnce);
await skills.requireSaved(texts);
await store.close();
process.stdout.write(JSON.stringify([single, concurrent]));

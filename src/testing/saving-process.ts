import { randomBytes } from "node:crypto";
import type { CommitId } from "../domain/ids.ts";
import { parseRandomId } from "../domain/ids.ts";
import { RefWriter } from "../store/ref-writer.ts";
import { openStore } from "../store/sqlite/open-store.ts";
import { readEntries } from "./conformance/read-entries.ts";
import { TestHistory } from "./conformance/test-history.ts";

// A process of its own that saves: `node saving-process.ts <store> <collection> <seed> <saves>`. Each save that the
// store acknowledged is printed as a line `<operation> <file>`, at once: what is printed must be found afterwards.
const [, , file = "", collectionText = "", seed = "1", saves = "1"] = process.argv;
const collection = parseRandomId("collection", collectionText);
if (collection === undefined) throw new Error(`not a collection's id: ${collectionText}`);
const store = await openStore({
  file,
  clock: { now: () => Date.now() * 1000 },
  random: (count) => new Uint8Array(randomBytes(count)),
  transport: "inline",
  busyMillisecondsMax: 60_000,
});
const history = new TestHistory(Number(seed), collection);
const writer = new RefWriter(store);

for (let index = 0; index < Number(saves); index++) {
  const name = `process-${seed}/save-${index}.md`;
  const saved = await writer.save({
    ref: history.main,
    build: async (head: CommitId | null, source) => {
      const present = head === null ? {} : await readEntries(source, head);
      const after = history.commit({ ...present, [name]: name }, head === null ? [] : [head]);
      return history.batch({
        objects: after.objects,
        operation: { refs: [{ name: history.main, before: head, after: after.id }] },
      });
    },
  });
  if (saved.status === "written" && saved.outcome.status === "done") {
    process.stdout.write(`${saved.outcome.operation.id} ${name}\n`);
  }
}
await store.close();

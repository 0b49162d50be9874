import { type IDBPDatabase, openDB } from "idb";
import { type DraftPlace, type DraftRecord, draftKey, isOfArtifact } from "./draft-record.ts";

const databaseName = "stet";
const storeName = "drafts";
const tabLockPrefix = "stet.tab.";

/** This tab, until it is closed or loaded again; it holds a lock by its name, by which others see that it is there. */
export const ownTab: string = crypto.randomUUID();
void navigator.locks.request(tabLockPrefix + ownTab, () => new Promise<never>(() => undefined));

let database: Promise<IDBPDatabase> | undefined;

function opened(): Promise<IDBPDatabase> {
  database ??= openDB(databaseName, 1, {
    upgrade(fresh) {
      fresh.createObjectStore(storeName);
    },
  });
  return database;
}

export async function putDraft(record: DraftRecord): Promise<void> {
  await (await opened()).put(storeName, record, draftKey(record));
}

export async function removeDraft(place: DraftPlace): Promise<void> {
  await (await opened()).delete(storeName, draftKey(place));
}

/** Every record of the artifact in this browser, of whichever tab. */
export async function draftsOf(place: DraftPlace): Promise<readonly DraftRecord[]> {
  const all: readonly DraftRecord[] = await (await opened()).getAll(storeName);
  return all.filter((record) => isOfArtifact(record, place));
}

/** The tabs of this browser that are open. */
export async function livingTabs(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  const names = held.flatMap(({ name }) => (name?.startsWith(tabLockPrefix) ? [name] : []));
  return new Set(names.map((name) => name.slice(tabLockPrefix.length)));
}

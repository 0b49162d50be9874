import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../store/sqlite/open-store.ts";
import type { Store } from "../store/store.ts";
import type { OpenFreshStore } from "./conformance/store-subject.ts";

/** Fresh embedded stores in temporary folders, for the conformance suite. */
export function sqliteSubject(transport: "inline" | "worker"): OpenFreshStore {
  return async ({ clock, random }) => {
    const folder = await mkdtemp(join(tmpdir(), "stet-store-"));
    const opened: Store[] = [];
    const open = async (): Promise<Store> => {
      const store = await openStore({ file: join(folder, "store.db"), clock, random, transport });
      opened.push(store);
      return store;
    };
    const closeAll = async (): Promise<void> => {
      for (const store of opened.splice(0)) await store.close();
    };
    return {
      store: await open(),
      beside: open,
      reopen: async () => {
        await closeAll();
        return await open();
      },
      remove: async () => {
        await closeAll();
        await rm(folder, { recursive: true, force: true });
      },
    };
  };
}

import { join } from "node:path";
import { openStore } from "../store/sqlite/open-store.ts";
import type { Environment } from "./environment.ts";

/** An environment whose calls share one open store. Nobody may use it after `close`. */
export interface LentEnvironment {
  readonly environment: Environment;
  readonly close: () => Promise<void>;
}

/** Opens the store once for all calls of a program that makes many, in a thread of its own. Throws as `openStore` does. */
export async function lendStore(environment: Environment): Promise<LentEnvironment> {
  const store = await openStore({
    file: join(environment.storeFolder, "store.db"),
    clock: environment.clock,
    random: environment.random,
    transport: "worker",
  });
  return { environment: { ...environment, lent: store }, close: () => store.close() };
}

import type { CompactResult } from "../store/maintenance.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { maintenanceOf } from "./workbench/maintenance-of.ts";
import { openUserStore } from "./workbench/workbench.ts";

/** Versions of the newest operations are read most, and stay as they are. */
const operationsSpared = 20;

/** Repacks many versions into little space. Nothing that can be read now goes; others read and save meanwhile. */
export async function collectGarbage(
  environment: Environment,
  _input: CallOptions = {},
): Promise<Answer<CompactResult>> {
  const store = await openUserStore(environment);
  try {
    const result = await maintenanceOf(store).compact({ spareOperations: operationsSpared });
    return answer(result, { next: ["stet du", "stet verify"] });
  } finally {
    await store.close();
  }
}

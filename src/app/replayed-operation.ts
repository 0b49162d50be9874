import { createHash } from "node:crypto";
import { type OperationId, randomId } from "../domain/ids.ts";
import type { Environment } from "./environment.ts";
import { shownOperation } from "./history/shown.ts";
import type { ShownOperation } from "./outcomes.ts";
import { openExistingStore } from "./workbench/workbench.ts";

/** The id of the operation that a request with this key records, in whichever process it arrives. */
export function operationOfKey(key: string, request: string): OperationId {
  const digest = createHash("sha256")
    .update(`stet request ${JSON.stringify([key, request])}`)
    .digest();
  return randomId("operation", digest);
}

/** The operation of that id, where one was recorded. */
export async function recordedOperation(
  environment: Environment,
  id: OperationId,
): Promise<ShownOperation | null> {
  const store = await openExistingStore(environment);
  try {
    const operation = await store?.history.operation(id);
    return operation === undefined ? null : shownOperation(operation, undefined);
  } finally {
    await store?.close();
  }
}

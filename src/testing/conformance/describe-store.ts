import { describe } from "vitest";
import { describeCheckouts } from "./describe-checkouts.ts";
import { describeModel } from "./describe-model.ts";
import { describeOperations } from "./describe-operations.ts";
import { describeReading } from "./describe-reading.ts";
import { describeWriting } from "./describe-writing.ts";
import type { OpenFreshStore, SubjectCapabilities } from "./store-subject.ts";

/**
 * What every engine of a store has to keep to. To add an engine: write `openFreshStore` for it, say what it can
 * do, and call this in a test file of vitest.
 *
 * @example
 * describeStore("sqlite", openFreshStore, { persistent: true, checkouts: true, modelCases: 100 });
 */
export function describeStore(
  name: string,
  openFreshStore: OpenFreshStore,
  capabilities: SubjectCapabilities,
): void {
  describe(`store: ${name}`, () => {
    describeWriting(openFreshStore);
    describeOperations(openFreshStore);
    describeReading(openFreshStore, capabilities);
    if (capabilities.checkouts) describeCheckouts(openFreshStore);
    describeModel(openFreshStore, capabilities);
  });
}

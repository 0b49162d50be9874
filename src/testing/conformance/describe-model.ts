import fc from "fast-check";
import { describe, test } from "vitest";
import { storeCommands } from "./store-commands.ts";
import { StoreModel } from "./store-model.ts";
import type { OpenFreshStore, SubjectCapabilities } from "./store-subject.ts";
import { withSubject } from "./with-subject.ts";

/** Random operations against a plain-JavaScript model: after each one both must answer alike. */
export function describeModel(open: OpenFreshStore, capabilities: SubjectCapabilities): void {
  describe("model", () => {
    test("random writes, replays, failures and reopenings answer as the model does", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 2 ** 30 }),
          fc.commands(storeCommands(capabilities), { maxCommands: 25 }),
          async (seed, commands) => {
            await withSubject(
              open,
              async (world) => {
                const real = { ...world };
                await fc.asyncModelRun(() => ({ model: new StoreModel(), real }), commands);
              },
              { seed },
            );
          },
        ),
        { numRuns: capabilities.modelCases },
      );
    }, 300_000);
  });
}

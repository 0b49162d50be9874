import type { LeftBehind } from "../collections/others/carried.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type MigratedArtifact, Migration } from "./migration/migration.ts";
import { ownProvenance } from "./migration/own-provenance.ts";
import { readOthers } from "./migration/read-others.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { withUpstreams } from "./updates/fetch-upstreams.ts";
import { entriesHere } from "./updates/plan-updates.ts";
import { confirmPowers } from "./updates/powers.ts";
import { recordUpstreams } from "./updates/record-upstreams.ts";
import { readTracked } from "./updates/tracked.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface MigrateInput extends CallOptions {
  /** Files of other tools, or folders that hold them; without any, what this project has. */
  readonly places?: readonly string[];
  readonly dryRun?: boolean;
}

export interface MigrateData extends ChangeOutcome {
  readonly migrated: readonly MigratedArtifact[];
  readonly left: readonly LeftBehind[];
}

/**
 * Takes over what other tools brought: where each artifact came from goes into manifest and lock, what they keep
 * elsewhere comes here, and edits made since stay. One operation, which undo takes back; the other tool's files are
 * only read. Throws E-NOT-FOUND, E-INVALID, E-COLLECTION-FILE, and E-CONFIRM for powers without a yes.
 */
export async function migrate(
  environment: Environment,
  input: MigrateInput = {},
): Promise<Answer<MigrateData>> {
  const base = await reading(environment, input, async (bench) => bench.located.base);
  return await withUpstreams(environment, base, async (upstreams) => {
    const run = input.dryRun === true ? reading : writing;
    return await run(environment, input, async (bench: Workbench) => {
      const tracked = await readTracked(bench);
      const migration = new Migration(bench, tracked, upstreams, await entriesHere(bench));
      const places = input.places ?? [];
      for (const { carried, folder } of readOthers(environment, base, places))
        await migration.take(carried, folder);
      if (places.length === 0) {
        const known = await ownProvenance(bench);
        await migration.take({ upstreams: known, own: [], left: [] }, base);
      }
      const { migrated, left, changes } = migration;
      const rest = { notices: bench.notices, needsDecision: left.length > 0 };
      if (input.dryRun === true || changes.length === 0) {
        return answer(
          { ...nothingChanged, migrated, left },
          { ...rest, next: changes.length === 0 ? [] : ["stet migrate"] },
        );
      }
      await confirmPowers(input, migrated, ["stet migrate", ...places, "--yes"].join(" "));
      const names = changes.slice(0, 20).map((one) => one.key);
      const outcome = await recordUpstreams(bench, tracked, changes, {
        kind: "add",
        options: input,
        details: { migrated: names.join(", ") },
      });
      return answer({ ...outcome, migrated, left }, { ...rest, next: ["stet outdated", "stet undo"] });
    });
  });
}

import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { agreedRecords } from "../../runtimes/drift/agreed-records.ts";
import { canonicalArtifacts } from "../targets/canonical-artifacts.ts";
import { lookAtTargets, rowsOf } from "../targets/targets.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { InitPlan } from "./init-plan.ts";

/**
 * Remembers what targets hold now as what both sides agreed on: a copy that is equal is in sync, an edited one
 * shows as ahead from here on.
 */
export async function recordAgreement(bench: Workbench, plan: Pick<InitPlan, "matches">): Promise<void> {
  const near = new Set(
    plan.matches.flatMap(({ artifact, further }) =>
      further.flatMap((copy) =>
        copy.relation === "near" ? [`${copy.from} ${formatArtifact(artifact)}`] : [],
      ),
    ),
  );
  const artifacts = await canonicalArtifacts(bench, (await bench.present()).entries);
  for (const state of await lookAtTargets(bench)) {
    const runtime = state.plan.target.runtime.id;
    const put = (await rowsOf(bench, state, artifacts)).flatMap((row) =>
      near.has(`${runtime} ${row.kind}/${row.name}`) ? agreedRecords(row) : row.record,
    );
    if (put.length === 0) continue;
    const written = [{ checkout: bench.checkout.id, place: state.id, put, drop: [] }];
    await bench.store.checkouts.apply({ written }, { durable: false });
  }
}

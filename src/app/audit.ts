import { groupArtifacts } from "../artifacts/artifact.ts";
import { lookAt } from "../collections/trust/look-at.ts";
import type { TrustFinding } from "../collections/trust/trust-finding.ts";
import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { withUpstreams } from "./updates/fetch-upstreams.ts";
import { planUpdates } from "./updates/plan-updates.ts";
import { readTracked } from "./updates/tracked.ts";
import { reading } from "./workbench/reading.ts";

export interface AuditedFinding extends TrustFinding {
  readonly artifact: string;
  /** `here`: it is in the files that stand now; `update`: the next version would bring it. */
  readonly where: "here" | "update";
  /** The reason for which it may pass; null where nobody said one. */
  readonly allowed: string | null;
}

/**
 * Everything that third-party artifacts hold, or would bring, that a person should see: with its lines, and whether
 * somebody allowed it. A source that gives no answer is a notice: what is here is looked through all the same.
 */
export async function audit(
  environment: Environment,
  input: CallOptions = {},
): Promise<Answer<{ readonly findings: readonly AuditedFinding[] }>> {
  return await reading(environment, input, async (bench) => {
    const tracked = await readTracked(bench);
    const reasons = new Map(tracked.file.allow.map((one) => [one.fingerprint, one.reason]));
    const findings: AuditedFinding[] = [];
    const add = (artifact: string, where: AuditedFinding["where"], one: TrustFinding) => {
      findings.push({ ...one, artifact, where, allowed: reasons.get(one.fingerprint) ?? null });
    };
    for (const { reference, files } of groupArtifacts((await bench.present()).entries)) {
      const key = formatArtifact(reference);
      const have = tracked.lock.get(key);
      if (!tracked.entries.has(key)) continue;
      const here = files.map(({ inner, entry: { blob, mode, size } }) => ({
        ...{ path: inner, mode, size },
        read: async () => (await bench.readBlob(blob)) ?? new Uint8Array(),
      }));
      const origin = { licence: have?.licence ?? null, publisher: have?.publisher ?? null };
      for (const one of await lookAt({ files: here, ...origin }, null)) add(key, "here", one);
    }
    const rows = await withUpstreams(environment, bench.located.base, (upstreams) =>
      planUpdates(bench, tracked, [...tracked.entries.values()], upstreams, {
        ...{ strategy: null, policy: tracked.file.updates ?? {}, allowed: new Set<string>() },
        ...{ isNamed: true, now: environment.clock.now(), storesAhead: false },
      }),
    );
    for (const row of rows) {
      if (row.state === "unreachable") bench.notice("W-UNREACHABLE", `${row.key}: ${row.reason}`);
      for (const one of row.findings) add(row.key, "update", one);
    }
    const isOpen = findings.some((one) => one.allowed === null);
    return answer(
      { findings },
      { notices: bench.notices, needsDecision: isOpen, next: isOpen ? ["stet allow <finding>"] : [] },
    );
  });
}

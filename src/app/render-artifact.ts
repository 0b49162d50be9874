import { type ArtifactReference, formatArtifact } from "../domain/artifact-kinds.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactAmong } from "./history/artifact-argument.ts";
import { shownText } from "./history/text-diff.ts";
import { type Answer, answer } from "./outcomes.ts";
import { canonicalArtifacts } from "./targets/canonical-artifacts.ts";
import { lookAtTargets, rowsOf, type TargetState } from "./targets/targets.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

/** What one target would get of an artifact if nothing were there yet. */
export interface RenderedArtifact {
  readonly target: string;
  readonly state: string;
  readonly reason: string;
  /** By path below the target's folder; null where a file is no text. Empty where the runtime reads the root itself. */
  readonly files: readonly { readonly path: string; readonly content: string | null }[];
  /** What the runtime cannot express. */
  readonly dropped: readonly { readonly field: string; readonly why: string }[];
}

/** What each runtime would get of an artifact, with the fields that it drops named. Throws E-NOT-FOUND. */
export async function renderArtifact(
  environment: Environment,
  input: CallOptions & { readonly artifact: ArtifactReference },
): Promise<Answer<readonly RenderedArtifact[]>> {
  return await reading(environment, input, async (bench) => {
    const key = formatArtifact(artifactAmong(await bench.present(), input.artifact).reference);
    const artifacts = await canonicalArtifacts(bench, (await bench.present()).entries);
    const rendered: RenderedArtifact[] = [];
    for (const state of await lookAtTargets(bench)) {
      const isMeant = (row: { readonly kind: string; readonly name: string }) =>
        `${row.kind}/${row.name}` === key;
      const there = (await rowsOf(bench, state, artifacts)).find(isMeant);
      const fresh = (await rowsOf(bench, emptied(state), artifacts)).find(isMeant);
      if (there === undefined) continue;
      rendered.push({
        target: state.id,
        state: there.drift.state,
        reason: there.drift.reason,
        files: await Promise.all((fresh?.write ?? []).map((one) => shownFile(bench, one))),
        dropped: (fresh?.dropped ?? there.dropped ?? []).map(({ field, why }) => ({ field, why })),
      });
    }
    return answer(rendered, { notices: bench.notices });
  });
}

/** The target as if nothing had ever been written there. */
function emptied(state: TargetState): TargetState {
  return { ...state, scan: { ...state.scan, files: new Map() }, written: [] };
}

type Write = Awaited<ReturnType<typeof rowsOf>>[number]["write"][number];

async function shownFile(bench: Workbench, { path, after }: Write) {
  const bytes = after.bytes ?? (await bench.readBlob(after.entry.blob)) ?? null;
  return { path, content: await shownText(path, bytes, bench.allowedSecrets) };
}

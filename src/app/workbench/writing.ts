import { StetError } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { type CaptureOptions, captureRoot } from "../capture/capture.ts";
import type { CallOptions, Environment } from "../environment.ts";
import type { ChangeOutcome } from "../outcomes.ts";
import { careAutomatically } from "./automatic-care.ts";
import { lockCheckout, recoverCheckout } from "./recover-checkout.ts";
import { onWorkbench, type Workbench } from "./workbench.ts";

/**
 * Runs a use case that writes: locks the checkout, finishes what a crash left, captures what changed on disk,
 * then works. Where files moved between plan and put, it captures again and works again. What the store needs once
 * a day is done last.
 */
export async function writing<Result>(
  environment: Environment,
  options: CallOptions & { readonly captureFirst?: boolean } & Pick<CaptureOptions, "loss" | "waitsForGit">,
  work: (bench: Workbench, captured: ChangeOutcome | null) => Promise<Result>,
): Promise<Result> {
  return await onWorkbench(environment, options, async (bench) => {
    await using _lock = await lockCheckout(bench);
    await recoverCheckout(bench);
    const { loss = "refuse", waitsForGit = false } = options;
    for (let attempt = 1; ; attempt++) {
      const captured =
        options.captureFirst === false ? null : await captureRoot(bench, { loss, waitsForGit });
      bench.chooseOperation(options.recordAs ?? null);
      try {
        const result = await work(bench, captured);
        await careAutomatically(bench);
        return result;
      } catch (error) {
        const isStale = error instanceof StetError && error.code === "E-STALE";
        if (!isStale || attempt >= limits.restlessReadsMax) throw error;
      }
    }
  });
}

import type { VerifyReport } from "../store/history-store.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { openUserStore } from "./workbench.ts";

/** Checks the whole store: every object against its id, every reference, every link of the operation log. */
export async function verify(
  environment: Environment,
  _input: CallOptions = {},
): Promise<Answer<VerifyReport>> {
  const store = await openUserStore(environment);
  try {
    const report = await store.history.verify();
    return answer(report, { next: report.problems.length > 0 ? ["stet repair"] : [] });
  } finally {
    await store.close();
  }
}

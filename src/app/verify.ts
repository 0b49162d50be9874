import { StetError } from "../domain/errors.ts";
import type { ChainHash } from "../domain/ids.ts";
import { parseHashId } from "../domain/ids.ts";
import type { StoreProblem, VerifyReport } from "../store/history-store.ts";
import type { Store } from "../store/store.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { locateCollection } from "./workbench/locate.ts";
import { openUserStore } from "./workbench/workbench.ts";

export interface VerifyInput extends CallOptions {
  /** A link of this collection's operation log that was noted elsewhere: a log that was cut does not have it. */
  readonly against?: string;
}

/** Checks the whole store: every object against its id, every reference, every link of the operation log. */
export async function verify(
  environment: Environment,
  input: VerifyInput = {},
): Promise<Answer<VerifyReport>> {
  const store = await openUserStore(environment, true);
  try {
    const report = await store.history.verify();
    const cut = input.against === undefined ? null : await cutLog(environment, store, input);
    const problems = cut === null ? report.problems : [...report.problems, cut];
    return answer({ ...report, problems }, { next: problems.length > 0 ? ["stet repair"] : [] });
  } finally {
    await store.close();
  }
}

async function cutLog(
  environment: Environment,
  store: Store,
  input: VerifyInput,
): Promise<StoreProblem | null> {
  const head = parseHashId<ChainHash>(input.against ?? "");
  const located = await locateCollection(environment, input.scope ?? "project");
  if (head !== undefined && located !== null) return await store.history.verifyAgainst(located.file.id, head);
  throw new StetError({
    code: "E-USAGE",
    what: "That is not a link of this collection's log.",
    where: input.against ?? "",
    why: located === null ? "There is no collection here." : "A link is sha256: and 64 hex digits.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet verify", summary: "check the store by itself" }],
  });
}

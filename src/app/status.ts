import type { Environment } from "./environment.ts";
import type { Answer, StatusData } from "./outcomes.ts";
import type { StatusInput } from "./status/find-status.ts";
import { RememberedAnswer } from "./workbench/remembered-answer.ts";

/**
 * Where every artifact stands at every target, each state with its reason. Where nothing has changed since the
 * last time, not a file and not the store, that answer is given again: each file is asked for its stamp, and
 * neither the store is opened nor a file read, nor what does both loaded.
 */
export async function status(environment: Environment, input: StatusInput = {}): Promise<Answer<StatusData>> {
  const { all = false, why = false, scope = "project", claims = {} } = input;
  const memory = new RememberedAnswer(environment, "status", { all, why, scope, claims });
  const known = memory.recall();
  if (isStatusAnswer(known)) return known;
  const { findStatus } = await import("./status/find-status.ts");
  return await memory.find(
    (surroundings) => findStatus(surroundings, input),
    (data) => data.pending.length === 0,
  );
}

function isStatusAnswer(value: unknown): value is Answer<StatusData> {
  if (typeof value !== "object" || value === null || !("data" in value)) return false;
  const { data } = value;
  const lists = ["collections", "targets", "rows", "conflicts", "pending"];
  return typeof data === "object" && data !== null && lists.every((name) => name in data);
}

import { StetError } from "../domain/errors.ts";
import { checkArtifacts } from "./doctor/doctor-artifacts.ts";
import { type DoctorCheck, fine } from "./doctor/doctor-check.ts";
import { checkNode, checkSettings, checkStore } from "./doctor/doctor-machine.ts";
import { checkSurroundings } from "./doctor/doctor-project.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer } from "./outcomes.ts";
import { lookAtProject } from "./targets/project-look.ts";
import { locateCollection } from "./workbench/locate.ts";

export interface DoctorInput extends CallOptions {
  /** Hashes the whole store again, not only a sample of it. */
  readonly full?: boolean;
  /** By default that of this process. */
  readonly nodeVersion?: string;
}

export interface DoctorData {
  /** Errors first, what is fine last. */
  readonly checks: readonly DoctorCheck[];
  readonly worst: DoctorCheck["severity"];
}

const order: readonly DoctorCheck["severity"][] = ["error", "warning", "note", "ok"];

/**
 * Looks at everything that keeps stet or a runtime from working as it should: each with its reason, and a command
 * that helps where there is one. It changes nothing, and works without a collection and with a damaged store.
 */
export async function doctor(environment: Environment, input: DoctorInput = {}): Promise<Answer<DoctorData>> {
  const checks = [
    checkNode(input.nodeVersion ?? process.versions.node),
    checkSettings(environment),
    ...(await checkStore(environment, input.full ?? false)),
    ...(await checkCollection(environment, input)),
  ].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  const next = checks.flatMap(({ severity, fix }) => (severity === "error" && fix !== null ? [fix.cmd] : []));
  return answer({ checks, worst: checks[0]?.severity ?? "ok" }, { next: [...new Set(next)].slice(0, 3) });
}

async function checkCollection(
  environment: Environment,
  input: DoctorInput,
): Promise<readonly DoctorCheck[]> {
  try {
    const located = await locateCollection(environment, input.scope ?? "project");
    if (located === null)
      return [{ ...fine("D-COLLECTION", "There is no collection here yet."), severity: "note" }];
    const look = await lookAtProject(environment, located);
    return [...(await checkSurroundings(environment, look)), ...(await checkArtifacts(look))];
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
    const { what, why, where, fixes } = error;
    return [
      { code: "D-COLLECTION", severity: "error", message: `${what} ${why}`, where, fix: fixes[0] ?? null },
    ];
  }
}

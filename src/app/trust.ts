/**
 * What a project's own configuration may ask for outside the project.
 *
 * Invariants:
 * - a target outside the project is neither read nor written before the person has trusted it;
 * - trust is of one checkout and of the targets that were shown: another clone, or a target that the file names
 *   later, is asked for again;
 * - trust is kept on this machine, never in the project.
 */
import { StetError } from "../domain/errors.ts";
import { isList } from "../formats/format-value.ts";
import { parseTargetId, type TargetId } from "../runtimes/placement/target.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type PlanLine } from "./outcomes.ts";
import { linkedFolders, topFolders } from "./workbench/linked-folders.ts";
import { reading } from "./workbench/reading.ts";
import { editUserSettings, userSettingsTable } from "./workbench/user-settings.ts";
import type { Workbench } from "./workbench/workbench.ts";

const table = "trust";

/** A target that is left alone because it lies outside the project, and why. */
export interface OutsideTarget {
  readonly id: TargetId;
  readonly why: string;
}

/** Targets that the project's file names, that lie outside the project, and that nobody has trusted here. */
export function untrustedTargets(bench: Workbench): readonly OutsideTarget[] {
  const asked = outsideTargets(bench);
  const trusted = asked.length === 0 ? [] : userSettingsTable(bench.environment, table)[bench.checkout.id];
  const why = "it lies outside the project, which is not trusted with it: stet config trust";
  return [
    ...asked.filter((id) => !isList(trusted) || !trusted.includes(id)).map((id) => ({ id, why })),
    ...leavingTargets(bench),
  ];
}

/** Targets in the project whose folder is a link out of it: trust does not change where a link may lead next. */
function leavingTargets({ disk, located }: Workbench): readonly OutsideTarget[] {
  if (located.scope !== "project") return [];
  return located.file.targets.flatMap((id) => {
    const target = parseTargetId(id);
    if (target?.scope !== "project") return [];
    const written = target.runtime.places.filter(
      ({ scope, role }) => scope === "project" && role === "write",
    );
    const folders = topFolders(written.map(({ path }) => path));
    const [leaving] = linkedFolders(disk, located.base, folders, "project").leaving;
    return leaving === undefined
      ? []
      : [{ id, why: `${leaving} is a link out of the project and is not followed` }];
  });
}

function outsideTargets(bench: Workbench): readonly TargetId[] {
  const { scope, file } = bench.located;
  if (scope !== "project") return [];
  return file.targets.filter((id) => parseTargetId(id)?.scope === "user");
}

export interface TrustData {
  /** Every target outside the project that is trusted now. */
  readonly trusted: readonly TargetId[];
  readonly plan: readonly PlanLine[];
  readonly written: boolean;
}

/** Trusts this checkout with the targets outside the project that its file names, once it is confirmed. */
export async function trust(environment: Environment, input: CallOptions = {}): Promise<Answer<TrustData>> {
  return await reading(environment, input, async (bench) => {
    const outside = outsideTargets(bench);
    const asked = untrustedTargets(bench).flatMap(({ id }) => (outside.includes(id) ? [id] : []));
    const plan = asked.map(
      (id): PlanLine => ({ sign: "+", text: `${id}: this project may read and write it, on this machine` }),
    );
    const before = outside.filter((id) => !asked.includes(id));
    if (asked.length === 0) return answer({ trusted: before, plan, written: false });
    const question = [...plan.map(({ sign, text }) => `${sign} ${text}`), "Trust it?"].join("\n");
    if (input.yes !== true && (await input.confirm?.(question)) !== true) {
      const data = { trusted: before, plan, written: false };
      return answer(data, { needsDecision: true, next: ["stet config trust --yes"] });
    }
    await editUserSettings(environment, { path: [table, bench.checkout.id], value: [...outside] });
    return answer({ trusted: outside, plan, written: true }, { next: ["stet status"] });
  });
}

/** Throws E-UNTRUSTED where a target was named that is not trusted. */
export function requireTrusted(bench: Workbench, named: readonly TargetId[]): void {
  const [found] = untrustedTargets(bench).filter(({ id }) => named.includes(id));
  if (found === undefined) return;
  throw new StetError({
    code: "E-UNTRUSTED",
    what: "That target lies outside the project.",
    where: found.id,
    why: `A cloned project may name anything, so it is left alone: ${found.why}.`,
    kept: "Nothing was read or written there.",
    fixes: [{ cmd: "stet config trust", summary: "show what it asks for, then ask" }],
  });
}

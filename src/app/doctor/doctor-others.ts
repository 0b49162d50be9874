import { groupArtifacts } from "../../artifacts/artifact.ts";
import { keptByOther, otherKeepersUsed } from "../../collections/others/kept-by-others.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { keeperLook } from "../init/observed.ts";
import type { ProjectLook } from "../targets/project-look.ts";
import { type DoctorCheck, orFine } from "./doctor-check.ts";

/** Other tools that put files where stet does, and the artifacts that both would write. */
export function checkOthers({ disk, located, root, entries }: ProjectLook): readonly DoctorCheck[] {
  const { base, file } = located;
  const look = keeperLook(disk, { ...root.place, base, mounts: [] });
  const observed = new Map(file.observed.map(({ artifact, by }) => [artifact, by]));
  const scope = located.scope === "user" ? "user" : "project";
  const used = otherKeepersUsed(look, scope).map(
    ({ keeper, sign }): DoctorCheck => ({
      code: "D-OTHER",
      severity: "note",
      message: `${keeper.title} is used here. What it keeps is only observed, unless it is adopted.`,
      where: sign,
      fix: { cmd: `stet import --adopt ${keeper.id}`, summary: "take over what it keeps" },
    }),
  );
  const folder = located.root.slice(base.length + 1);
  const kept = groupArtifacts(entries).flatMap(({ reference, files }): readonly DoctorCheck[] => {
    const key = formatArtifact(reference);
    const by = observed.get(key);
    if (by !== undefined) {
      const message = `${by} keeps it: stet keeps its history, and carries it nowhere.`;
      return [{ ...other(key), severity: "note", message }];
    }
    const paths = files.map(({ path }) => `${folder}/${path}`);
    const found = keptByOther(look, [{ ...reference, paths }]);
    if (found === null) return [];
    const message = `${found.keeper.title} keeps it as well (${found.why}): the two may undo each other's writing.`;
    return [{ ...other(key), severity: "note", message, fix: null }];
  });
  return orFine([...used, ...kept], "D-OTHER", "no other tool keeps these files");
}

function other(key: string): Pick<DoctorCheck, "code" | "where" | "fix"> {
  return { code: "D-OTHER", where: key, fix: { cmd: `stet import --adopt ${key}`, summary: "take it over" } };
}

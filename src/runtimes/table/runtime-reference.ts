import { extensionOf } from "../placement/target-plan.ts";
import { fileNamesOf } from "../settings/key-path.ts";
import type { Runtime, RuntimePlace, TargetScope } from "./runtime.ts";
import { runtimes } from "./table.ts";

/** The text of docs/runtimes.md, made of the table that the program uses. A test compares the two. */
export function runtimeReference(): string {
  return `${[introduction, ...runtimes.map(runtimeSection)].join("\n\n")}\n`;
}

const introduction = `# Runtimes

This page is made from the table that the program itself uses. A place is *written* where stet puts copies
there, unless the runtime reads the collection's own folder; *read* places are read by the runtime as well,
*legacy* ones are looked at by \`stet init\` alone, *reserved* ones are never touched. How sure a fact is: the
*vendor*'s own documentation, source or program; another *adapter*'s source; a *report*; *unverified* where sources differ.`;

function runtimeSection(runtime: Runtime): string {
  const { id, title, places, unsupported } = runtime;
  return [
    `## ${title} (\`${id}\`)`,
    `It is taken to be used where one of these is: ${signs(runtime)}.${movedBy(runtime)}${showsOnce(runtime)}`,
    [
      "| kind | scope | place | | sure by | |",
      "|---|---|---|---|---|---|",
      ...places.map((place) => placeRow(runtime, place)),
    ].join("\n"),
    "Not carried there:",
    unsupported
      .map(({ kind, scope, why }) => `- ${kind}${scope === undefined ? "" : ` (${scope})`}: ${why}.`)
      .join("\n"),
  ].join("\n\n");
}

function signs({ detection }: Runtime): string {
  return detection.map(({ scope, path }) => `\`${below(scope, path)}\``).join(", ");
}

function movedBy({ environmentRoots }: Runtime): string {
  const moves = environmentRoots.map(({ variable, path, below, platform }) => {
    const where = platform === "win32" ? ` on Windows, to its folder \`${below}\`` : "";
    return ` \`${variable}\` moves \`~/${path}\`${where}.`;
  });
  return moves.join("");
}

function showsOnce({ showsSkillOnce }: Runtime): string {
  return showsSkillOnce === undefined
    ? ""
    : ` A skill that lies in several of its places is shown once (${showsSkillOnce}).`;
}

function placeRow({ adapters }: Runtime, place: RuntimePlace): string {
  const isTranslated = place.role === "write" && adapters[place.kind] !== undefined;
  const { note, unlessSet, depthMost } = place;
  const notes = [
    ...(isTranslated ? ["translated"] : []),
    ...(unlessSet === undefined ? [] : [`not where \`${unlessSet}\` is set`]),
    ...(depthMost === undefined ? [] : [depthLimit(depthMost)]),
    ...(note === undefined ? [] : [note]),
  ];
  const role = place.role === "write" ? "written" : place.role;
  const cells = [place.kind, place.scope, `\`${pathOf(place)}\``, role, place.evidence, notes.join("; ")];
  return `| ${cells.join(" | ")} |`;
}

function depthLimit(depthMost: number): string {
  return depthMost === 0 ? "in the project folder alone" : `at most ${depthMost} folders deep`;
}

function pathOf(place: RuntimePlace): string {
  const path = below(place.scope, place.path);
  if (place.layout === "keys") {
    const names = fileNamesOf(place).map((name) => below(place.scope, name));
    return `${names.join("` or `")}\`, key \`${place.slot?.container.join(".") ?? ""}`;
  }
  if (place.layout === "instructions") return path;
  return place.layout === "folders" ? `${path}/<name>/` : `${path}/<name>${extensionOf(place)}`;
}

function below(scope: TargetScope, path: string): string {
  return scope === "user" ? `~/${path}` : path;
}

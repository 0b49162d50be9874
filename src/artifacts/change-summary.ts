import { parseArtifact } from "../domain/artifact-kinds.ts";
import type { ArtifactDelta } from "../domain/commits.ts";
import { mainInner } from "./artifact-path.ts";
import { shownText } from "./shown-text.ts";

const namesShownMax = 3;

type Change = "added" | "removed" | "changed" | "moved";

/** One line for people: `edited Usage, Flags; added field tools`. Line breaks and controls do not get into it. */
export function changeSummary(delta: ArtifactDelta): string {
  if (delta.change !== "changed") return `${delta.change} ${shownText(delta.artifact)}`;
  const sections = delta.sections.map(({ section, change }) => ({ name: lastHeading(section), change }));
  const fields = delta.fields.map(({ field, change }) => ({ name: field, change }));
  const files = delta.files.map(({ path, change }) => ({ name: path, change }));
  const besides = files.filter((file) => file.change !== "changed" || !isMainFile(delta.artifact, file.name));
  const told = sections.length + fields.length > 0 ? besides : files;
  const parts = [
    phrase(sections, "changed", ["edited"]),
    phrase(sections, "added", ["added section", "added sections"]),
    phrase(sections, "removed", ["removed section", "removed sections"]),
    phrase(sections, "moved", ["moved"]),
    phrase(fields, "changed", ["changed field", "changed fields"]),
    phrase(fields, "added", ["added field", "added fields"]),
    phrase(fields, "removed", ["removed field", "removed fields"]),
    phrase(told, "changed", ["changed"]),
    phrase(told, "added", ["added file", "added files"]),
    phrase(told, "removed", ["removed file", "removed files"]),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "no change" : parts.join("; ");
}

function phrase(
  entries: readonly { readonly name: string; readonly change: Change }[],
  change: Change,
  [one, many = one]: readonly [string, string?],
): string {
  const names = entries.filter((entry) => entry.change === change).map(({ name }) => shownText(name));
  if (names.length === 0) return "";
  const rest = names.length - namesShownMax;
  const more = rest > 0 ? ` and ${rest} more` : "";
  return `${names.length === 1 ? one : many} ${names.slice(0, namesShownMax).join(", ")}${more}`;
}

function isMainFile(artifact: string, path: string): boolean {
  const kind = parseArtifact(artifact)?.kind;
  if (kind === undefined) return false;
  const main = mainInner(kind);
  return path.toLowerCase() === main?.toLowerCase();
}

function lastHeading(section: string): string {
  return section.slice(section.lastIndexOf(" > ") + 1).replace(/^> /, "");
}

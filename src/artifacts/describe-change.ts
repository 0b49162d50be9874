import { formatArtifact } from "../domain/artifact-kinds.ts";
import type { ArtifactDelta, VersionBump } from "../domain/commits.ts";
import { sameEntry } from "../domain/files.ts";
import { limits } from "../domain/limits.ts";
import { sameValue } from "../formats/format-value.ts";
import type { Artifact } from "./artifact.ts";
import { type ArtifactText, readArtifactText } from "./artifact-text.ts";
import { breakingChanges } from "./breaking-changes.ts";
import { sectionChanges } from "./section-changes.ts";

/** One version of an artifact: its files, and the bytes of its main file (null without one). */
export interface ArtifactFiles {
  readonly artifact: Artifact;
  readonly main: Uint8Array | null;
}

export interface ChangeDescription {
  readonly delta: ArtifactDelta;
  /** Null where nothing changed. */
  readonly bump: VersionBump | null;
  /** A sentence for each; not empty exactly when the bump is `major`. */
  readonly breaking: readonly string[];
}

/** Fields that change how an artifact answers though not how it is called: more than words. */
const weightyFields = [
  "model",
  "effort",
  "permissionMode",
  "context",
  "agent",
  "paths",
  "globs",
  "hooks",
  "mcpServers",
];

/**
 * What changed in one artifact, and how that counts in semantic versioning.
 *
 * - `major`: what `breaking-changes.ts` lists; each with a sentence.
 * - `minor`: the artifact is new; a field, section or file came or went; or a weighty field changed.
 * - `patch`: words, the order of sections, other values of fields, file modes, line ends.
 *
 * An artifact that is new or gone is told as a whole: the lists are empty. Throws a RangeError where both
 * versions are null.
 */
export function describeChange(before: ArtifactFiles | null, after: ArtifactFiles | null): ChangeDescription {
  if (before === null || after === null) return describeWhole(before, after);
  const old = { artifact: before.artifact, text: textOf(before) };
  const now = { artifact: after.artifact, text: textOf(after) };
  const delta: ArtifactDelta = {
    artifact: formatArtifact(after.artifact.reference),
    change: "changed",
    fields: fieldChanges(old.text, now.text),
    sections: markdownChanges(old.text, now.text),
    files: fileChanges(before.artifact, after.artifact),
  };
  const breaking = breakingChanges(old, now);
  return { delta, bump: breaking.length > 0 ? "major" : smallerBump(delta), breaking };
}

function describeWhole(before: ArtifactFiles | null, after: ArtifactFiles | null): ChangeDescription {
  const one = after ?? before;
  if (one === null) throw new RangeError("there is no change between nothing and nothing");
  const artifact = formatArtifact(one.artifact.reference);
  const change = after === null ? "removed" : "added";
  return {
    delta: { artifact, change, fields: [], sections: [], files: [] },
    bump: after === null ? "major" : "minor",
    breaking: after === null ? [`${artifact} was removed.`] : [],
  };
}

function smallerBump({ fields, sections, files }: ArtifactDelta): VersionBump | null {
  const cameOrWent = ({ change }: { readonly change: string }) => change === "added" || change === "removed";
  if ([...fields, ...sections, ...files].some(cameOrWent)) return "minor";
  if (fields.some(({ field }) => weightyFields.includes(field))) return "minor";
  return fields.length + sections.length + files.length > 0 ? "patch" : null;
}

function textOf({ artifact, main }: ArtifactFiles): ArtifactText | null {
  if (artifact.main === null || main === null || main.length > limits.parsedTextBytesMax) return null;
  return readArtifactText(artifact.reference.kind, main);
}

/** Top-level fields, those of before first; none where one side could not be read. */
function fieldChanges(before: ArtifactText | null, after: ArtifactText | null): ArtifactDelta["fields"] {
  if (isUnread(before) || isUnread(after)) return [];
  const old = before?.fields ?? {};
  const now = after?.fields ?? {};
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return names.flatMap((field) => {
    const was = Object.hasOwn(old, field);
    const is = Object.hasOwn(now, field);
    if (was && is && sameValue(old[field], now[field])) return [];
    return [{ field, change: changeOf(was, is) }];
  });
}

function isUnread(text: ArtifactText | null): boolean {
  return text !== null && text.fields === null && (text.text === null || text.problem !== null);
}

function markdownChanges(before: ArtifactText | null, after: ArtifactText | null): ArtifactDelta["sections"] {
  if (before?.text == null || after?.text == null || before.body === after.body) return [];
  return sectionChanges(before.text, after.text);
}

function fileChanges(before: Artifact, after: Artifact): ArtifactDelta["files"] {
  const old = new Map(before.files.map((file) => [file.inner, file.entry]));
  const now = new Map(after.files.map((file) => [file.inner, file.entry]));
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths.flatMap((path) => {
    const was = old.get(path) ?? null;
    const is = now.get(path) ?? null;
    return sameEntry(was, is) ? [] : [{ path, change: changeOf(was !== null, is !== null) }];
  });
}

function changeOf(was: boolean, is: boolean): "added" | "removed" | "changed" {
  if (!was) return "added";
  return is ? "changed" : "removed";
}

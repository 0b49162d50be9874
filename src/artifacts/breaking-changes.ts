/**
 * What in an artifact others rely on, and which change breaks them.
 *
 * Others call an artifact by its name, hand it arguments, and count on what it may do. So these are breaking:
 *
 * - the artifact, or the main file that makes it one, is gone, or its frontmatter can no longer be read;
 * - its path or its declared name changed: calls and references by the old name fail;
 * - it may do less: a tool left `allowed-tools`, or an agent's `tools` (which absent means all tools, so that
 *   naming some narrows it and dropping the field widens it), or one came to `disallowedTools`;
 * - it takes less: an argument left `argument-hint` or `arguments`, or a placeholder left a command's text;
 * - it can no longer be called by a person (`user-invocable: false`) or a model (`disable-model-invocation`).
 *
 * A changed `model` or `effort` is not: every call still works, though the answer may differ (`version-bump.ts`
 * counts it as minor). Nor is a removed section or file, which is the artifact's own affair.
 */
import { formatArtifact } from "../domain/artifact-kinds.ts";
import { isList } from "../formats/format-value.ts";
import { toolList, toolsLost } from "../formats/tool-list.ts";
import type { Artifact } from "./artifact.ts";
import type { ArtifactText } from "./artifact-text.ts";
import { shownText } from "./shown-text.ts";

/** One version of an artifact, read. `text` is null where it has no main file. */
export interface ReadArtifact {
  readonly artifact: Artifact;
  readonly text: ArtifactText | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** A sentence for each way in which `after` breaks those who rely on `before`. */
export function breakingChanges(before: ReadArtifact, after: ReadArtifact): readonly string[] {
  const from = formatArtifact(before.artifact.reference);
  const to = formatArtifact(after.artifact.reference);
  const sentences = from === to ? [] : [`It is now called ${to} instead of ${from}.`];
  if (before.text === null) return sentences;
  if (after.text === null) return [...sentences, "Its main file is gone."];
  if (before.text.fields !== null && after.text.fields === null && after.text.problem !== null) {
    return [...sentences, "Its frontmatter can no longer be read."];
  }
  const old = before.text.fields ?? {};
  const now = after.text.fields ?? {};
  return [
    ...sentences,
    ...renamed(old, now),
    ...narrowed(before.artifact.reference.kind === "agent", old, now),
    ...argumentsLost(old, now),
    ...(before.artifact.reference.kind === "command"
      ? placeholdersLost(before.text.body, after.text.body)
      : []),
    ...callsLost(old, now),
  ];
}

function renamed(old: Fields, now: Fields): readonly string[] {
  const { name } = old;
  if (typeof name !== "string" || name === "" || now.name === name) return [];
  return typeof now.name === "string"
    ? [`Its declared name changed from ${shownText(name)} to ${shownText(now.name)}.`]
    : [`Its declared name ${shownText(name)} was removed.`];
}

function narrowed(isAgent: boolean, old: Fields, now: Fields): readonly string[] {
  const sentences: string[] = [];
  const allowedLost = toolsLost(toolList(old["allowed-tools"]) ?? [], toolList(now["allowed-tools"]) ?? []);
  if (allowedLost.length > 0)
    sentences.push(`It is no longer allowed ${shownList(allowedLost)} without asking.`);
  const had = toolList(old.tools);
  const has = toolList(now.tools);
  if (isAgent && had === null && has !== null && !has.includes("*")) {
    sentences.push(`It may use only ${shownList(has)} instead of every tool.`);
  }
  const lost = had === null || (isAgent && has === null) ? [] : toolsLost(had, has ?? []);
  if (lost.length > 0) sentences.push(`It may no longer use ${shownList(lost)}.`);
  const denied = toolsLost(toolList(now.disallowedTools) ?? [], toolList(old.disallowedTools) ?? []);
  if (denied.length > 0) sentences.push(`It may no longer use ${shownList(denied)}.`);
  return sentences;
}

function argumentsLost(old: Fields, now: Fields): readonly string[] {
  const lost = [
    ...missing(hintedArguments(old["argument-hint"]), hintedArguments(now["argument-hint"])),
    ...missing(toolList(old.arguments) ?? [], toolList(now.arguments) ?? []),
  ];
  return lost.length === 0 ? [] : [`It no longer takes ${shownList([...new Set(lost)])}.`];
}

/** The names between brackets of `[file] <branch>`, or all words where there are no brackets. */
function hintedArguments(hint: unknown): readonly string[] {
  // `argument-hint: [file] [branch]` without quotes is a list to YAML, or no YAML at all.
  const text = isList(hint) ? hint.map((item) => `[${String(item)}]`).join(" ") : hint;
  if (typeof text !== "string") return [];
  const bracketed = [...text.matchAll(/[[<{]([^\][<>{}]+)[\]>}]/g)].map(([, name = ""]) => name.trim());
  return bracketed.length > 0 ? bracketed : text.split(/\s+/).filter((word) => word !== "");
}

/** Placeholders gone from the text of a command; none where `$ARGUMENTS` takes them all. */
function placeholdersLost(before: string, after: string): readonly string[] {
  const placeholders = (body: string) => [...new Set(body.match(/\$(?:ARGUMENTS\b|\d)/g) ?? [])];
  const left = placeholders(after);
  if (left.includes("$ARGUMENTS")) return [];
  const lost = missing(placeholders(before), left);
  // `$1` in place of `$ARGUMENTS` still takes arguments.
  const gone = left.length > 0 ? lost.filter((one) => one !== "$ARGUMENTS") : lost;
  return gone.length === 0 ? [] : [`Its text no longer uses ${shownList(gone)}.`];
}

function callsLost(old: Fields, now: Fields): readonly string[] {
  const sentences: string[] = [];
  if (old["user-invocable"] !== false && now["user-invocable"] === false) {
    sentences.push("It can no longer be called by a person.");
  }
  if (old["disable-model-invocation"] !== true && now["disable-model-invocation"] === true) {
    sentences.push("It can no longer be called by a model.");
  }
  return sentences;
}

function missing(before: readonly string[], after: readonly string[]): readonly string[] {
  return before.filter((one) => !after.includes(one));
}

function shownList(words: readonly string[]): string {
  return words.map(shownText).join(", ");
}

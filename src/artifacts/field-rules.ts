import { isList, isRecord, problemAt } from "../formats/format-value.ts";
import { jsoncDocument } from "../formats/jsonc-document.ts";
import type { Artifact } from "./artifact.ts";
import type { ArtifactText } from "./artifact-text.ts";
import {
  type Finding,
  type FindingCode,
  refusalSeverity,
  type Severity,
  type ValidationProfile,
} from "./finding.ts";
import { readHookSet } from "./hook-set.ts";
import { readMcpServer } from "./mcp-server.ts";
import { shownText } from "./shown-text.ts";
import { skillNameProblem } from "./skill-name.ts";

/** What the rules of the fields look at. */
export interface FieldSubject {
  readonly artifact: Artifact;
  readonly text: ArtifactText;
  /** Inner path of the main file. */
  readonly path: string;
  readonly profile: ValidationProfile;
}

/** Agent Skills specification: a seventh field is an error of its reference validator. */
const skillFields = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];
const descriptionCharactersMax = 1024;
const compatibilityCharactersMax = 500;
/** Recommended there, so that a skill does not fill the context when it is used. */
const bodyLinesMax = 500;
const bodyCharactersMax = 20_000;

/** What is to be said of an artifact's fields and body. Nothing of fields that could not be read. */
export function fieldFindings(subject: FieldSubject): readonly Finding[] {
  switch (subject.artifact.reference.kind) {
    case "skill":
      return [...describedFindings(subject), ...skillFindings(subject), ...bodyFindings(subject)];
    case "agent":
      return [
        ...describedFindings(subject),
        ...listFindings(subject, ["tools", "disallowedTools"]),
        ...bodyFindings(subject),
      ];
    case "command":
      return [...listFindings(subject, ["allowed-tools"]), ...bodyFindings(subject)];
    case "rule":
      return listFindings(subject, ["paths", "globs"]);
    case "mcp":
      return serverFindings(subject);
    case "hooks":
      return hookSetFindings(subject);
    default:
      return [];
  }
}

/** Skills and agents are found by name and description. */
function describedFindings(subject: FieldSubject): readonly Finding[] {
  const { text, profile, artifact } = subject;
  const required = refusalSeverity(profile);
  const { kind } = artifact.reference;
  if (text.fields === null) {
    if (text.problem !== null) return [];
    const message = `${kind === "agent" ? "an agent" : "a skill"} without frontmatter is skipped by most runtimes`;
    return [finding(subject, "frontmatter-missing", required, { message, line: 1 })];
  }
  const findings: Finding[] = [];
  const { name, description } = text.fields;
  if (isAbsent(name)) {
    // Runtimes then take the folder's name for a skill; an agent without a name is not loaded by Claude Code.
    const severity = profile === "lenient" && kind === "skill" ? "note" : required;
    findings.push(finding(subject, "name-missing", severity, { message: "the field `name` is missing" }));
  } else if (typeof name !== "string") {
    findings.push(finding(subject, "field-type", required, { message: "`name` is not text", field: "name" }));
  } else {
    findings.push(...nameFindings(subject, name));
  }
  if (isAbsent(description)) {
    const message = "the field `description` is missing, by which a runtime chooses it";
    findings.push(finding(subject, "description-missing", required, { message }));
  } else if (typeof description !== "string") {
    const message = "`description` is not text";
    findings.push(finding(subject, "field-type", required, { message, field: "description" }));
  } else if (kind === "skill") {
    findings.push(...lengthFindings(subject, "description", description, descriptionCharactersMax));
  }
  return findings;
}

function nameFindings(subject: FieldSubject, name: string): readonly Finding[] {
  const { profile, artifact } = subject;
  const { kind, name: folder } = artifact.reference;
  const findings: Finding[] = [];
  const problem = skillNameProblem(name);
  if (problem !== null) {
    const severity =
      problem.onlyNotAscii || (kind === "agent" && profile === "spec") ? "warning" : refusalSeverity(profile);
    findings.push(
      finding(subject, "name-spec", severity, { message: `\`name\`: ${problem.message}`, field: "name" }),
    );
  }
  if (kind === "skill" && name.normalize("NFKC") !== folder.normalize("NFKC")) {
    const message = `\`name\` is ${quoted(name)}, the folder ${quoted(folder)}; runtimes differ in which they go by`;
    findings.push(finding(subject, "name-differs", refusalSeverity(profile), { message, field: "name" }));
  }
  return findings;
}

function skillFindings(subject: FieldSubject): readonly Finding[] {
  const { text, profile } = subject;
  if (profile !== "spec" || text.fields === null) return [];
  const findings: Finding[] = [];
  for (const field of Object.keys(text.fields)) {
    if (skillFields.includes(field)) continue;
    const message = `the field ${quoted(field)} is not in the specification`;
    findings.push(finding(subject, "field-unknown", "error", { message, field }));
  }
  const { compatibility, license, metadata } = text.fields;
  const tools = text.fields["allowed-tools"];
  for (const [field, value] of Object.entries({ compatibility, license, "allowed-tools": tools })) {
    if (value === undefined || typeof value === "string") continue;
    findings.push(finding(subject, "field-type", "error", { message: `\`${field}\` is not text`, field }));
  }
  if (typeof compatibility === "string") {
    findings.push(...lengthFindings(subject, "compatibility", compatibility, compatibilityCharactersMax));
  }
  if (metadata !== undefined && !isTextMap(metadata)) {
    const message = "`metadata` is not a map from text to text";
    findings.push(
      finding(subject, "field-type", isRecord(metadata) ? "warning" : "error", {
        message,
        field: "metadata",
      }),
    );
  }
  return findings;
}

function lengthFindings(
  subject: FieldSubject,
  field: string,
  value: string,
  max: number,
): readonly Finding[] {
  const length = [...value].length;
  if (value.trim() !== "" && length <= max) return [];
  const message =
    value.trim() === ""
      ? `\`${field}\` is empty`
      : `\`${field}\` has ${length} characters, at most ${max} are read`;
  return [finding(subject, "field-long", refusalSeverity(subject.profile), { message, field })];
}

/** Fields that may be a list of texts or one text parted by commas. */
function listFindings(subject: FieldSubject, fields: readonly string[]): readonly Finding[] {
  return fields.flatMap((field) => {
    const value = subject.text.fields?.[field];
    if (isAbsent(value) || typeof value === "string") return [];
    if (isList(value) && value.every((item) => typeof item === "string")) return [];
    const message = `\`${field}\` is neither text nor a list of texts`;
    return [finding(subject, "field-type", refusalSeverity(subject.profile), { message, field })];
  });
}

function bodyFindings(subject: FieldSubject): readonly Finding[] {
  const { body, bodyLine } = subject.text;
  if (body.trim() === "") {
    return [
      finding(subject, "body-empty", "warning", {
        message: "there are no instructions in it",
        line: bodyLine,
      }),
    ];
  }
  if (subject.profile !== "spec" || subject.artifact.reference.kind !== "skill") return [];
  const lines = body.split("\n").length;
  if (lines <= bodyLinesMax && body.length <= bodyCharactersMax) return [];
  const message = `${lines} lines, ${body.length} characters: the specification advises at most ${bodyLinesMax} lines`;
  return [finding(subject, "body-long", "note", { message, line: bodyLine })];
}

function serverFindings(subject: FieldSubject): readonly Finding[] {
  const { fields } = subject.text;
  if (fields === null) return [];
  const reading = readMcpServer(fields);
  if (reading.outcome === "read") return [];
  const { field, why } = reading;
  const code = Object.hasOwn(fields, field) ? "field-type" : "field-missing";
  return [valueFinding(subject, code, [field], why)];
}

function hookSetFindings(subject: FieldSubject): readonly Finding[] {
  const { fields } = subject.text;
  if (fields === null) return [];
  const reading = readHookSet(fields);
  return reading.outcome === "read" ? [] : [valueFinding(subject, "field-type", reading.path, reading.why)];
}

/** About a value of a JSON file: on its line, or on that of the nearest that holds it. */
function valueFinding(
  subject: FieldSubject,
  code: FindingCode,
  path: readonly (string | number)[],
  message: string,
): Finding {
  const text = subject.text.text ?? "";
  const entries = jsoncDocument.open(text)?.layout().entries ?? [];
  const holders = entries.filter((entry) => entry.path.every((step, at) => step === path[at]));
  const nearest = holders.toSorted((one, other) => other.path.length - one.path.length)[0];
  const { line } = problemAt(text, nearest?.start ?? 0, message);
  return finding(subject, code, refusalSeverity(subject.profile), { message, line });
}

function finding(
  { text, path }: FieldSubject,
  code: FindingCode,
  severity: Severity,
  about: { readonly message: string; readonly field?: string; readonly line?: number },
): Finding {
  const line = about.line ?? (about.field === undefined ? 1 : lineOfField(text, about.field));
  return { code, severity, path, line, message: about.message };
}

/** The line on which a field of the frontmatter stands; 1 where it is written in an unusual way. */
function lineOfField({ text, bodyLine }: ArtifactText, field: string): number {
  const lines = (text ?? "").split("\n", bodyLine);
  const index = lines.findIndex((line) => line.replace(/^["']/, "").startsWith(field));
  return index === -1 ? 1 : index + 1;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

function isTextMap(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((one) => typeof one === "string");
}

function quoted(name: string): string {
  return JSON.stringify(shownText(name));
}

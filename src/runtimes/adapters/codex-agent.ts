/**
 * Agents of Codex: TOML with the canonical Markdown's name, description, text and, where Codex knows it, model.
 *
 * stet owns these keys and no others: `sandbox_mode` and whatever else stands in the TOML is kept. `model` is
 * owned only while the canonical file names one that Codex knows; else it is the target's own.
 *
 * Source: codex-rs, agent roles: `name`, a description that is not blank and instructions that are not blank
 * are asked for; files are looked for in every folder below `agents`; an agent goes by its `name`.
 */
import { isSymlink, regularMode } from "../../domain/files.ts";
import type { EditResult, KeyEdit } from "../../formats/format-value.ts";
import { splitFrontmatter } from "../../formats/frontmatter.ts";
import { setBody, setFrontmatterFields } from "../../formats/markdown-document.ts";
import { decodeText, encodeText, textShape } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { writeToml } from "../../formats/toml-write.ts";
import type { ArtifactAdapter, FileContent, ParseInput, Parsing, RenderInput, Rendering } from "./adapter.ts";
import { spliceBody } from "./body-splice.ts";
import { type AgentFields, canonicalAgent, type TargetAgent, targetAgent } from "./codex-agent-fields.ts";

export const codexAgentAdapter: ArtifactAdapter = {
  render,
  parse,
  meaning(_path, bytes, fresh) {
    const agent = targetAgent(bytes);
    if (typeof agent === "string") return null;
    const ours = fresh === null ? null : targetAgent(fresh);
    const ownsModel = ours === null || typeof ours === "string" || ours.model !== null;
    const { name, description, instructions, model } = agent;
    return JSON.stringify([name, description, instructions, ownsModel ? model : null]);
  },
  hasMeaning: (path) => path.endsWith(".toml"),
  keepsMode: false,
};

function render({ artifact, files, present, targetPath }: RenderInput): Rendering {
  const [source] = files;
  if (source === undefined || files.size !== 1) return { outcome: "blocked", why: "it is not one file" };
  const [canonicalPath, file] = source;
  if (isSymlink(file.mode)) return { outcome: "blocked", why: "it is a symbolic link" };
  const agent = canonicalAgent(artifact, file.bytes);
  if (agent.outcome === "blocked") return agent;
  const path = targetPath(canonicalPath);
  const there = present.get(path);
  const fresh = encoded(newToml(agent.fields));
  if (typeof fresh === "string") return { outcome: "blocked", why: fresh };
  const bytes = there === undefined ? fresh : editedToml(agent.fields, there);
  if (typeof bytes === "string") return { outcome: "blocked", why: bytes };
  const mode = there?.mode ?? regularMode;
  return {
    outcome: "rendered",
    files: new Map([[path, { bytes, mode }]]),
    fresh: new Map([[path, { bytes: fresh, mode }]]),
    dropped: agent.dropped,
  };
}

function encoded(result: EditResult): Uint8Array | string {
  const bytes = result.ok ? encodeText(result.text) : null;
  if (bytes !== null) return bytes;
  return `its TOML cannot be written: ${result.ok ? "ill-formed Unicode" : result.problem.message}`;
}

function newToml({ name, description, instructions, model }: AgentFields): EditResult {
  return writeToml({
    name,
    description,
    ...(model === null ? {} : { model }),
    developer_instructions: `${instructions}\n`,
  });
}

function editedToml(fields: AgentFields, there: FileContent): Uint8Array | string {
  if (isSymlink(there.mode)) return "a symbolic link lies in its place at the target, and is left alone";
  const agent = targetAgent(there.bytes);
  const text = decodeText(there.bytes);
  if (typeof agent === "string" || text === null) {
    return `the target's file is left alone: ${typeof agent === "string" ? agent : "it is not text"}`;
  }
  const edits: KeyEdit[] = [];
  if (agent.name !== fields.name) edits.push({ path: ["name"], value: fields.name });
  if (agent.description !== fields.description) {
    edits.push({ path: ["description"], value: fields.description });
  }
  if (fields.model !== null && agent.model !== fields.model) {
    edits.push({ path: ["model"], value: fields.model });
  }
  if (agent.instructions !== fields.instructions) {
    edits.push({ path: ["developer_instructions"], value: `${fields.instructions}\n` });
  }
  return encoded(tomlDocument.edit(text, edits));
}

function parse({ artifact, files, previous, canonicalPath }: ParseInput): Parsing {
  const [source] = files;
  if (source === undefined || files.size !== 1) return problem("it is not one file");
  const [path, file] = source;
  if (isSymlink(file.mode)) return problem("it is a symbolic link");
  const agent = targetAgent(file.bytes);
  if (typeof agent === "string") return problem(agent);
  const wanted = wholeAgent(agent);
  if (typeof wanted === "string") return problem(wanted);
  const place = canonicalPath(path);
  const old = previous.get(place);
  const result = old === undefined ? newMarkdown(wanted) : editedMarkdown(artifact, old.bytes, wanted);
  if (typeof result === "string") return problem(result);
  if (!result.ok) return problem(`it cannot be brought into Markdown: ${result.problem.message}`);
  const bytes = encodeText(result.text);
  const again = bytes === null ? null : canonicalAgent(artifact, bytes);
  if (bytes === null || again?.outcome !== "read" || !sameFields(again.fields, wanted)) {
    return problem("it cannot be brought into Markdown without loss");
  }
  const foreign = old === undefined && agent.model !== null ? [...agent.foreign, "model"] : agent.foreign;
  return { outcome: "parsed", files: new Map([[place, { bytes, mode: old?.mode ?? regularMode }]]), foreign };
}

function problem(why: string): Parsing {
  return { outcome: "problem", why };
}

function wholeAgent({ name, description, instructions, model }: TargetAgent): AgentFields | string {
  if (!name) return "it has no `name`, which Codex asks for";
  if (!description) return "it has no `description`, which Codex asks for";
  if (!instructions) return "it has no `developer_instructions`, which Codex asks for";
  return { name, description, instructions, model };
}

function newMarkdown({ name, description, instructions }: AgentFields): EditResult {
  return setFrontmatterFields(`\n${instructions}\n`, { name, description });
}

function editedMarkdown(
  artifact: ParseInput["artifact"],
  bytes: Uint8Array,
  wanted: AgentFields,
): EditResult | string {
  const old = canonicalAgent(artifact, bytes);
  const text = decodeText(bytes);
  if (old.outcome === "blocked") return `the canonical file cannot take it in: ${old.why}`;
  if (text === null) return "the canonical file is not text";
  const changes: Record<string, string | undefined> = {};
  if (wanted.name !== old.fields.name) changes.name = wanted.name;
  if (wanted.description !== old.fields.description) changes.description = wanted.description;
  if (old.fields.model !== null && wanted.model !== old.fields.model) {
    changes.model = wanted.model ?? undefined;
  }
  const edited = setFrontmatterFields(text, changes);
  if (!edited.ok || wanted.instructions === old.fields.instructions) return edited;
  const { body } = splitFrontmatter(edited.text);
  return setBody(edited.text, spliceBody(body, wanted.instructions, textShape(text).lineEnd));
}

function sameFields(one: AgentFields, other: AgentFields): boolean {
  return (
    one.name === other.name &&
    one.description === other.description &&
    one.instructions === other.instructions
  );
}

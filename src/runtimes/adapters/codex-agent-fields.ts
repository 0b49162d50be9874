import type { ArtifactReference } from "../../domain/artifact-kinds.ts";
import { isRecord } from "../../formats/format-value.ts";
import { parseMarkdownDocument } from "../../formats/markdown-document.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import type { DroppedField } from "./adapter.ts";
import { plainText } from "./body-splice.ts";

/** What stet carries of an agent between Markdown and TOML. */
export interface AgentFields {
  readonly name: string;
  readonly description: string;
  readonly instructions: string;
  /** Null where none is said, or one that the other side does not know. */
  readonly model: string | null;
}

export type CanonicalAgent =
  | { readonly outcome: "read"; readonly fields: AgentFields; readonly dropped: readonly DroppedField[] }
  | { readonly outcome: "blocked"; readonly why: string };

/** The fields of a canonical agent; blocked where Codex would not load what comes of it. */
export function canonicalAgent(artifact: ArtifactReference, bytes: Uint8Array): CanonicalAgent {
  const text = decodeText(bytes);
  if (text === null) return blocked("it is not UTF-8 text");
  const { parts, fields, problem, lenient } = parseMarkdownDocument(text);
  if (parts.frontmatter === null) return blocked("it has no frontmatter, and Codex asks for a description");
  if (problem !== null) {
    return blocked(`its frontmatter is not valid YAML (line ${problem.line}: ${problem.message})`);
  }
  if (fields === null || lenient) {
    return blocked("its frontmatter is not valid YAML: a value that holds `: ` or ` #` needs quotes");
  }
  const name = fields.name ?? "";
  const description = fields.description;
  const instructions = plainText(parts.body);
  if (typeof name !== "string") return blocked("its `name` is not text");
  if (typeof description !== "string" || description.trim() === "") {
    return blocked("it has no `description`, and Codex asks for one");
  }
  if (instructions === "") return blocked("it has no text, and Codex asks for instructions");
  return {
    outcome: "read",
    fields: {
      name: name.trim() === "" ? nameOfFile(artifact) : name.trim(),
      description: plainText(description).trim(),
      instructions,
      model: codexModel(fields.model),
    },
    dropped: Object.entries(fields).flatMap(([field, value]) => droppedField(field, value)),
  };
}

function blocked(why: string): CanonicalAgent {
  return { outcome: "blocked", why };
}

/** What an agent without a `name` is called: the last segment of its path. */
function nameOfFile({ name }: ArtifactReference): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** Aliases and ids of Claude models (Claude Code's documentation, sub-agents and model configuration). */
const claudeModel = /^(?:inherit|default|best|sonnet|opus|haiku|opusplan)(?:\[1m\])?$|claude|anthropic/i;

function codexModel(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" && !claudeModel.test(value.trim())
    ? value.trim()
    : null;
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["tools", "Codex bounds an agent by its sandbox and MCP servers, not by a list of tools"],
  ["disallowedTools", "Codex bounds an agent by its sandbox and MCP servers, not by a list of tools"],
  ["permissionMode", "Codex has `sandbox_mode` and `approval_policy` instead, with other meanings"],
  ["effort", "Codex has `model_reasoning_effort` instead, with other levels"],
  ["mcpServers", "Codex describes MCP servers in its own form"],
  ["color", "Codex shows no colours for agents"],
]);

function droppedField(field: string, value: unknown): readonly DroppedField[] {
  if (field === "name" || field === "description") return [];
  if (field !== "model") return [{ field, why: reasons.get(field) ?? "an agent of Codex has no such key" }];
  // Without a model Codex takes that of the session, which is what `inherit` says.
  if (codexModel(value) !== null || value === "inherit" || value === null) return [];
  return [{ field, why: "it names a model that Codex does not know" }];
}

export interface TargetAgent {
  /** Null for a key that is not there. */
  readonly name: string | null;
  readonly description: string | null;
  readonly instructions: string | null;
  readonly model: string | null;
  /** Keys that stet does not own. */
  readonly foreign: readonly string[];
}

const ownedKeys = ["name", "description", "developer_instructions", "model"];

/** The fields of an agent of Codex; a text says why it cannot be read. */
export function targetAgent(bytes: Uint8Array): TargetAgent | string {
  const text = decodeText(bytes);
  if (text === null) return "it is not UTF-8 text";
  const { value, problem } = tomlDocument.parse(text);
  if (problem !== null) return `it is not valid TOML (line ${problem.line}: ${problem.message})`;
  if (!isRecord(value)) return "it is not a TOML table";
  const wrong = ownedKeys.find((key) => Object.hasOwn(value, key) && typeof value[key] !== "string");
  if (wrong !== undefined) return `its \`${wrong}\` is not text`;
  const plain = (key: string) => {
    const field = Object.hasOwn(value, key) ? value[key] : null;
    return typeof field === "string" ? plainText(field) : null;
  };
  return {
    name: plain("name")?.trim() ?? null,
    description: plain("description")?.trim() ?? null,
    instructions: plain("developer_instructions"),
    model: plain("model")?.trim() ?? null,
    foreign: Object.keys(value).filter((key) => !ownedKeys.includes(key)),
  };
}

import { isList, isRecord } from "../../formats/format-value.ts";
import type { Runtime } from "../table/runtime.ts";
import type { ActorFields } from "./ambient-actor.ts";

/** What a runtime's hook tells: who acted, where, and on which files. */
export interface HookEvent {
  readonly actor: ActorFields;
  /** `PostToolUse`; null where it is not said. */
  readonly event: string | null;
  readonly tool: string | null;
  /** The session's working folder, to which relative files refer; null where it is not said. */
  readonly folder: string | null;
  /** Absolute or relative paths, as told, each once. Empty where none is told: then anything may have changed. */
  readonly files: readonly string[];
}

const tellable = 4096;

/**
 * Reads what a hook gets on its standard input. Total: whatever the text is, the runtime is known, and what
 * cannot be read is not told. A hook must never fail the runtime.
 *
 * Sources: Claude Code's documentation of hooks (`session_id`, `cwd`, `hook_event_name`, `tool_name`,
 * `tool_input.file_path`, `agent_id`, `agent_type`; `model` only at SessionStart); codex-rs, hooks/src/schema.rs
 * (the same and `model` everywhere; `apply_patch` carries its patch in `tool_input.command`).
 */
export function readHookEvent(runtime: Runtime, text: string): HookEvent {
  const event = recordOf(parsed(text));
  const input = recordOf(event.tool_input);
  return {
    actor: {
      runtime: runtime.id,
      agentId: plainWord(event.agent_type) ?? plainWord(event.agent_id),
      modelId: plainWord(event.model) ?? plainWord(recordOf(event.model).id),
      session: plainWord(event.session_id),
    },
    event: plainWord(event.hook_event_name),
    tool: plainWord(event.tool_name),
    folder: plainWord(event.cwd),
    files: [...new Set([...namedFiles(input), ...patchedFiles(input)])],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

/** A short text without control characters: these values end up in logs and on terminals. */
function plainWord(value: unknown): string | null {
  if (typeof value !== "string" || value === "" || value.length > tellable) return null;
  return value.isWellFormed() && !/\p{Cc}/u.test(value) ? value : null;
}

function namedFiles(input: Readonly<Record<string, unknown>>): readonly string[] {
  const single = [input.file_path, input.notebook_path, input.path];
  const several = isList(input.files) ? input.files : [];
  return [...single, ...several].flatMap((value) => plainWord(value) ?? []);
}

/** The files of a patch in Codex' own format: `*** Update File: a/b.md`. */
function patchedFiles(input: Readonly<Record<string, unknown>>): readonly string[] {
  const command = input.command ?? input.input ?? input.patch;
  const patch = isList(command)
    ? command.find((part) => typeof part === "string" && part.includes("***"))
    : command;
  if (typeof patch !== "string" || !patch.includes("*** ")) return [];
  return patch.split("\n").flatMap((line) => {
    const name = /^\*\*\* (?:(?:Add|Update|Delete) File|Move to): (.+?)\r?$/.exec(line)?.[1];
    return plainWord(name?.trim()) ?? [];
  });
}

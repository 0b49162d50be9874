import { claude } from "./claude.ts";
import { codex } from "./codex.ts";
import { copilot } from "./copilot.ts";
import { cursor } from "./cursor.ts";
import { gemini } from "./gemini.ts";
import { opencode } from "./opencode.ts";
import type { Runtime } from "./runtime.ts";

/** Every runtime, in order of precedence for import. A new one is one file of data and one line here. */
export const runtimes: readonly Runtime[] = [claude, codex, cursor, copilot, gemini, opencode];

export function findRuntime(id: string): Runtime | undefined {
  return runtimes.find((runtime) => runtime.id === id);
}

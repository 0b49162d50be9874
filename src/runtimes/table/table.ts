import { amp } from "./amp.ts";
import { antigravityCli, antigravityEditor } from "./antigravity.ts";
import { claude } from "./claude.ts";
import { codex } from "./codex.ts";
import { copilot } from "./copilot.ts";
import { cursor } from "./cursor.ts";
import { devin } from "./devin.ts";
import { gemini } from "./gemini.ts";
import { goose } from "./goose.ts";
import { kimi } from "./kimi.ts";
import { opencode } from "./opencode.ts";
import type { Runtime } from "./runtime.ts";
import { zed } from "./zed.ts";

/** Every runtime, in order of precedence for import. A new one is one file of data and one line here. */
export const runtimes: readonly Runtime[] = [
  ...[claude, codex, cursor, copilot, gemini, opencode],
  ...[antigravityCli, antigravityEditor, devin, kimi, amp, goose, zed],
];

export function findRuntime(id: string): Runtime | undefined {
  return runtimes.find((runtime) => runtime.id === id);
}

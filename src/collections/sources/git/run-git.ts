import { spawn } from "node:child_process";
import type { SourceContext } from "../source-tree.ts";

/** What git ended with. */
export interface GitOutcome {
  readonly code: number | null;
  readonly output: Buffer;
  /** What it said on standard error, cut to what an error can show. */
  readonly said: string;
}

const saidCharactersMax = 4_000;

/**
 * Options that every call gets: nothing of a fetched repository is run or asked for.
 *
 * - No hook, no filter, no submodule, no automatic maintenance: objects are read, and never checked out.
 * - Transports that run a program by their address (`ext::`) are not allowed.
 */
const options = [
  ...["-c", "core.hooksPath=/dev/null"],
  ...["-c", "core.fsmonitor=false"],
  ...["-c", "gc.auto=0"],
  ...["-c", "maintenance.auto=false"],
  ...["-c", "fetch.recurseSubmodules=false"],
  ...["-c", "protocol.ext.allow=never"],
  ...["-c", "submodule.recurse=false"],
  ...["-c", "credential.interactive=false"],
  ...["-c", "advice.detachedHead=false"],
];

/** Variables of the caller's that git would take for its own repository. */
const foreignVariables = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_OBJECT_DIRECTORY",
  "GIT_NAMESPACE",
];

/**
 * Runs git without a shell and without a question: what it would ask for, it fails on. Signing in is left to what
 * the user has set up: credential helpers, keys, an agent. `folder` is where it runs.
 */
export async function runGit(
  words: readonly string[],
  context: Pick<SourceContext, "variables" | "interrupt">,
  folder: string,
): Promise<GitOutcome> {
  const variables = { ...context.variables };
  for (const name of foreignVariables) delete variables[name];
  return await new Promise((resolve, reject) => {
    const child = spawn("git", [...options, ...words], {
      cwd: folder,
      shell: false,
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
      ...(context.interrupt === null ? {} : { signal: context.interrupt }),
      env: {
        ...variables,
        LC_ALL: "C",
        GIT_TERMINAL_PROMPT: "0",
        GIT_ASKPASS: variables.GIT_ASKPASS ?? "",
        SSH_ASKPASS_REQUIRE: "never",
        GCM_INTERACTIVE: "never",
        GIT_SSH_COMMAND: variables.GIT_SSH_COMMAND ?? "ssh -o BatchMode=yes",
        GIT_ALLOW_PROTOCOL: "file:git:http:https:ssh",
        GIT_LFS_SKIP_SMUDGE: "1",
      },
    });
    const output: Buffer[] = [];
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      if (said.length < saidCharactersMax) said += chunk.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output: Buffer.concat(output), said: said.trim() }));
  });
}

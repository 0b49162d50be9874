import { statSync } from "node:fs";
import { homedir, hostname, userInfo } from "node:os";
import { resolve } from "node:path";
import type { Environment, ProgressStep } from "../app/environment.ts";
import { dataFolder } from "./data-folder.ts";
import { usageError } from "./usage-error.ts";
import { machineClock } from "./wall-clock.ts";

/**
 * Reads the process once. Everything below the faces gets what it needs from here.
 * Throws E-USAGE where `folder` (from -C) is not a folder.
 */
export function processEnvironment(
  folder: string | undefined,
  progress: (step: ProgressStep) => void,
  interrupt: AbortSignal,
): Environment {
  const homeFolder = homedir();
  const calledIn = process.cwd();
  return {
    workingFolder: folder === undefined ? calledIn : existingFolder(resolve(calledIn, folder), folder),
    homeFolder,
    storeFolder: dataFolder(process.platform, process.env, homeFolder, calledIn),
    variables: process.env,
    clock: machineClock(),
    // Loaded with the first byte that is asked for: a look at what has not changed needs none, and it takes 8 ms.
    random: (count) => process.getBuiltinModule("node:crypto").randomBytes(count),
    user: userName(),
    host: hostname(),
    processId: process.pid,
    platform: process.platform,
    progress,
    interrupt,
  };
}

function existingFolder(path: string, asTyped: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw usageError(`-C names "${asTyped}", which is not a folder.`, `There is no folder at ${path}.`);
}

/**
 * The login name as the session has it, else that of the user database; a user id without an entry there (common
 * in containers) has none.
 */
function userName(): string {
  const named = [process.env.LOGNAME, process.env.USER, process.env.USERNAME].find((one) => one);
  if (named !== undefined) return named;
  try {
    return userInfo().username;
  } catch {
    return "user";
  }
}

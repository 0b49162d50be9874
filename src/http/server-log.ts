import { existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type BaseLogger, destination, pino } from "pino";

const logBytesMax = 8 * 1024 * 1024;

/** The server's log: one JSON object a line. No text, header or secret is ever among the fields. */
export interface ServerLog {
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  readonly error: (fields: object, message: string) => void;
  readonly close: () => void;
}

/** Where the lines go: a file that nobody else reads, or whoever asked for them. */
export type LogTarget = { readonly file: string } | { readonly write: (line: string) => void };

const redact = ["token", "cookie", "authorization", "csrf", "content", "text", "*.token", "*.content"];

export function openServerLog(target: LogTarget): ServerLog {
  const options = { base: null, redact, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if ("write" in target) {
    const log = pino(options, { write: (line: string) => target.write(line) });
    return { ...levels(log), close: () => {} };
  }
  const { file } = target;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  if (existsSync(file) && statSync(file).size > logBytesMax) renameSync(file, `${file}.1`);
  const lines = destination({ dest: file, mode: 0o600, sync: true, append: true });
  return { ...levels(pino(options, lines)), close: () => lines.end() };
}

function levels(log: Pick<BaseLogger, "info" | "warn" | "error">): Omit<ServerLog, "close"> {
  return {
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message),
  };
}

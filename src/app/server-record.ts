/**
 * Which servers run on a store, and the token that shows a program to be the person's: `server.json` beside the store,
 * for nobody else to read.
 *
 * Invariants: the file is written whole and under a lock; servers whose process is gone are left out; as long as one
 * runs, the token stays the same.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { lockPlaces } from "../workspace/lock.ts";
import { nodeDisk } from "../workspace/node-disk.ts";
import type { Environment } from "./environment.ts";

export interface RunningServer {
  readonly url: string;
  readonly processId: number;
  /** The folder that it serves. */
  readonly folder: string;
}

export interface ServerRecord {
  readonly token: string;
  readonly servers: readonly RunningServer[];
}

const fileName = "server.json";

/** The record of the servers that run; null where there is none. */
export function readServerRecord(environment: Environment): ServerRecord | null {
  try {
    const value: unknown = JSON.parse(readFileSync(join(environment.storeFolder, fileName), "utf8"));
    if (!isRecordValue(value)) return null;
    return { token: value.token, servers: value.servers.filter((one) => isAlive(one.processId)) };
  } catch {
    return null;
  }
}

/** Adds a server, and gives the token that requests to it are shown to be the person's by. */
export async function noteServer(environment: Environment, server: RunningServer): Promise<string> {
  mkdirSync(environment.storeFolder, { recursive: true, mode: 0o700 });
  await using _lock = await lockRecord(environment);
  const known = readServerRecord(environment);
  const isKept = known !== null && known.servers.length > 0;
  const token = isKept ? known.token : Buffer.from(environment.random(32)).toString("base64url");
  write(environment, { token, servers: [...(known?.servers ?? []), server] });
  return token;
}

/** Takes a server off the record. */
export async function forgetServer(environment: Environment, server: RunningServer): Promise<void> {
  await using _lock = await lockRecord(environment);
  const known = readServerRecord(environment);
  if (known === null) return;
  write(environment, { ...known, servers: known.servers.filter((one) => one.url !== server.url) });
}

async function lockRecord(environment: Environment) {
  const { storeFolder, random, processId, host } = environment;
  return await lockPlaces({
    disk: nodeDisk({ platform: environment.platform }),
    places: [{ work: join(storeFolder, "work") }],
    holder: { processId, host, command: "stet serve" },
    random,
  });
}

function write(environment: Environment, record: ServerRecord): void {
  const path = join(environment.storeFolder, fileName);
  const descriptor = openSync(`${path}.new`, "w", 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(record, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(`${path}.new`, path);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function isRecordValue(value: unknown): value is ServerRecord {
  return (
    typeof value === "object" &&
    value !== null &&
    "token" in value &&
    typeof value.token === "string" &&
    "servers" in value &&
    Array.isArray(value.servers)
  );
}

// A lock between processes that needs nothing but a file. It runs on Node 20, before anything is
// installed, so it is plain JavaScript.
//
// The holder touches the file every second; a file that nobody has touched for `staleMilliseconds`
// belongs to a process that died. A heartbeat is used rather than a process id because ids mean
// nothing across containers that share a folder.

import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const heartbeatMilliseconds = 1_000;
const staleMilliseconds = 10_000;
const pollMilliseconds = 250;

// Two waiters can see the same dead lock; the slower one may then move away the faster one's new lock.
// Everybody therefore waits this long after taking it and looks whether it is still theirs.
const settleMilliseconds = 150;

/** @type {readonly NodeJS.Signals[]} */
const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Waits for the lock at `path`, runs `work` while holding it, and releases it.
 *
 * @template Result
 * @param {string} path the lock file; its folder exists
 * @param {() => Promise<Result>} work
 * @param {() => void} onWait called once when another process holds the lock
 * @returns {Promise<Result>}
 */
export async function withFolderLock(path, work, onWait) {
  const token = randomUUID();
  await acquire(path, token, onWait);
  const heartbeat = setInterval(() => touch(path, token), heartbeatMilliseconds);
  const release = () => {
    clearInterval(heartbeat);
    if (readToken(path) === token) rmSync(path, { force: true });
  };
  // Released on Ctrl-C as well, so that the next start need not wait for it to go stale.
  const releaseAndEnd = (/** @type {NodeJS.Signals} */ signal) => {
    release();
    process.kill(process.pid, signal);
  };
  process.once("exit", release);
  for (const signal of endingSignals) process.once(signal, releaseAndEnd);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    for (const signal of endingSignals) process.removeListener(signal, releaseAndEnd);
    release();
  }
}

/** @param {string} path @param {string} token @param {() => void} onWait */
async function acquire(path, token, onWait) {
  let hasWaited = false;
  for (;;) {
    if (tryCreate(path, token)) {
      await sleep(settleMilliseconds);
      if (readToken(path) === token) return;
    } else if (isStale(path)) {
      moveAway(path, token);
    } else {
      if (!hasWaited) onWait();
      hasWaited = true;
      await sleep(pollMilliseconds);
    }
  }
}

/** @param {string} path @param {string} token */
function tryCreate(path, token) {
  try {
    writeFileSync(path, token, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} path */
function isStale(path) {
  try {
    return Date.now() - statSync(path).mtimeMs > staleMilliseconds;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** @param {string} path @param {string} token */
function moveAway(path, token) {
  const grave = `${path}.${token}`;
  try {
    renameSync(path, grave);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  rmSync(grave, { force: true });
}

/** @param {string} path @param {string} token */
function touch(path, token) {
  if (readToken(path) !== token) return;
  const now = new Date();
  utimesSync(path, now, now);
}

/** @param {string} path */
function readToken(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

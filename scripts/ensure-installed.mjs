// Runs before `npm start` and `npm test`, so that each of them works in a fresh clone: it installs what
// package-lock.json asks for, and makes sure that the `node` of node_modules (version 24) is there. npm
// puts node_modules/.bin first on PATH, so every script after this one runs on that node.
//
// It has no dependencies and is plain JavaScript, because it runs on the machine's own Node (20 or later).

import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withFolderLock } from "./folder-lock.mjs";

const nodeMajorMin = 24;
const progressMilliseconds = 5_000;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean }} LockedPackage
 */

await main();

async function main() {
  if (isInstalled() && installedNodeMajor() >= nodeMajorMin) return;
  await withFolderLock(join(root, ".installing"), installWhatIsMissing, () =>
    say("another install is running in this folder; waiting for it"),
  );
}

// Looks again, because the holder of the lock before this process may have done the work.
async function installWhatIsMissing() {
  if (!isInstalled()) await npmCleanInstall();
  if (installedNodeMajor() < nodeMajorMin) fetchNode();
  const major = installedNodeMajor();
  if (major >= nodeMajorMin) return;
  const found =
    major === 0 ? "there is no node in node_modules/.bin" : `node_modules/.bin/node is version ${major}`;
  fail(`stet needs Node ${nodeMajorMin} to be built and tested, and ${found}.`, [
    "npm rebuild node --foreground-scripts",
    `or install Node ${nodeMajorMin} yourself and run: npm ci && npx --no-install vitest run`,
  ]);
}

// npm records what it put into node_modules in a lock of the same shape once an install is complete.
// Comparing the two answers exactly what a stamp would only promise, also after a hand-made
// `npm install`, after `npm ci --omit=dev` and after an interrupted install.
function isInstalled() {
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (wanted === undefined)
    fail("package-lock.json is missing or is not JSON.", ["git checkout package-lock.json"]);
  if (present === undefined) return false;
  for (const [path, locked] of Object.entries(wanted)) {
    if (!path.includes("node_modules/") || locked.link) continue;
    const found = present[path];
    // Optional packages are for other systems and processors as well.
    if (found === undefined && (locked.optional || locked.devOptional)) continue;
    if (found?.version !== locked.version || found?.integrity !== locked.integrity) return false;
  }
  return true;
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(path) {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** The major version of node_modules/.bin/node, or 0 when there is none that runs. */
function installedNodeMajor() {
  const program = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node");
  if (!existsSync(program)) return 0;
  const answer = spawnSync(program, ["--version"], { encoding: "utf8", shell: process.platform === "win32" });
  const match = /^v(\d+)\./.exec(answer.stdout ?? "");
  return match === null ? 0 : Number(match[1]);
}

/** @returns {Promise<void>} */
function npmCleanInstall() {
  say("installing the packages of package-lock.json (npm ci); the first time takes a minute or so");
  const started = Date.now();
  const elapsed = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const ticker = setInterval(() => say(`still installing, ${elapsed()}`), progressMilliseconds);
  // NODE_ENV=production would leave development packages out, and a strict engine setting would refuse
  // to install on an older Node the very packages that bring the newer one.
  const npm = spawn("npm", ["ci", "--include=dev", "--no-engine-strict", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  const keep = (/** @type {Buffer} */ chunk) => {
    output += chunk.toString("utf8");
  };
  npm.stdout.on("data", keep);
  npm.stderr.on("data", keep);
  return new Promise((resolve) => {
    npm.on("error", (error) => fail(`npm could not be started: ${error.message}`, ["npm --version"]));
    npm.on("close", (code) => {
      clearInterval(ticker);
      if (code !== 0) {
        process.stderr.write(output);
        fail(`npm ci failed (exit code ${code}) after ${elapsed()}; its output is above.`, [
          "npm ping (is the registry reachable?)",
          "npm ci",
        ]);
      }
      say(`installed in ${elapsed()}`);
      resolve();
    });
  });
}

// The `node` package fetches its program in an install script. npm may be told not to run such scripts,
// so the script is run here when the program is missing.
function fetchNode() {
  const folder = join(root, "node_modules", "node");
  const script = join(folder, "installArchSpecificPackage.js");
  if (!existsSync(script)) return;
  say(`fetching Node ${nodeMajorMin} into node_modules`);
  const answer = spawnSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
  if (answer.status !== 0) process.stderr.write(`${answer.stdout}${answer.stderr}`);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`stet: ${text}\n`);
}

/**
 * @param {string} text
 * @param {readonly string[]} fixes
 * @returns {never}
 */
function fail(text, fixes) {
  process.stderr.write(`stet: ${text}\n`);
  for (const fix of fixes) process.stderr.write(`  try: ${fix}\n`);
  process.exit(1);
}

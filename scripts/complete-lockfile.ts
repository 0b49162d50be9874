// Adds to package-lock.json the optional packages of other platforms that npm left out.
//
// When a registry does not carry, say, the Windows build of a tool, `npm install` writes a lock without
// it, and `npm ci` then refuses that lock ("Missing: ... from lock file") on every machine. An entry
// without integrity is enough for npm: it is fetched only on the platform that it is for.
//
// Run by `npm run lockfile` after any `npm install` that changed the lock.

import { readFileSync, writeFileSync } from "node:fs";
import { findMissingOptionals, type Lockfile } from "./lockfile.ts";

const path = new URL("../package-lock.json", import.meta.url);
const lockfile: Lockfile = JSON.parse(readFileSync(path, "utf8"));
const missing = findMissingOptionals(lockfile);

for (const { path: place, entry } of missing) lockfile.packages[place] = entry;
const sorted = Object.entries(lockfile.packages).sort(([left], [right]) => left.localeCompare(right, "en"));
lockfile.packages = Object.fromEntries(sorted);

writeFileSync(path, `${JSON.stringify(lockfile, null, 2)}\n`);
process.stderr.write(`package-lock.json: ${missing.length} optional packages added\n`);

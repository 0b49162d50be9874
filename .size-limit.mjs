// The figures to tune are the limits below. They are bytes on disk: an installed command is read from
// disk, not from a network.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files that are loaded with `entry`, before any lazy import. @param {string} entry */
function loadedAtStart(entry, seen = new Set()) {
  if (seen.has(entry) || !existsSync(entry)) return [...seen];
  seen.add(entry);
  const imports = readFileSync(entry, "utf8").matchAll(/^(?:import|export)\b[^"';]*["'](\.[^"']+)["']/gm);
  for (const [, specifier] of imports) loadedAtStart(join(dirname(entry), specifier), seen);
  return [...seen];
}

const onDisk = { brotli: false, gzip: false };

export default [
  { name: "loaded by every command", path: loadedAtStart("dist/cli/main.js"), limit: "200 kB", ...onDisk },
  { name: "loaded by the library", path: loadedAtStart("dist/index.js"), limit: "1.7 MB", ...onDisk },
  { name: "everything shipped", path: ["dist/**/*.js"], limit: "2.5 MB", ...onDisk },
];

// The figures to tune are the limits below. Those of the program are bytes on disk: an installed command is read from
// disk, not from a network. Those of the page are compressed, as it travels.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The files that are loaded with `entry`, before any lazy import. @param {string} entry */
function loadedAtStart(entry, seen = new Set()) {
  if (seen.has(entry) || !existsSync(entry)) return [...seen];
  seen.add(entry);
  const imports = readFileSync(entry, "utf8").matchAll(
    /(?:^|;)(?:import|export)\b[^"';]*["'](\.[^"']+)["']/gm,
  );
  for (const [, specifier] of imports) loadedAtStart(join(dirname(entry), specifier), seen);
  return [...seen];
}

const assets = "dist/web/assets";

/** The built files of the page whose names begin with one of `names`. @param {readonly string[]} names */
function built(...names) {
  const files = existsSync(assets) ? readdirSync(assets) : [];
  return files
    .filter((file) => names.some((name) => file.startsWith(name)))
    .map((file) => `${assets}/${file}`);
}

/** The scripts that the first screen loads: what index.html names, and what that imports. */
function firstRoute() {
  const page = existsSync("dist/web/index.html") ? readFileSync("dist/web/index.html", "utf8") : "";
  const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(
    ([, path]) => `dist/web/${path}`,
  );
  const loaded = new Set(named.flatMap((path) => loadedAtStart(path)));
  return [...loaded, ...built("ko-")];
}

/** What the editor loads beyond the first screen, up to where it can be typed into. */
function editor() {
  const already = new Set(firstRoute());
  return built("editor-page-")
    .flatMap((path) => loadedAtStart(path))
    .filter((path) => path.endsWith(".js") && !already.has(path));
}

const onDisk = { brotli: false, gzip: false };

export default [
  { name: "loaded by every command", path: loadedAtStart("dist/main.js"), limit: "200 kB", ...onDisk },
  { name: "loaded by the library", path: loadedAtStart("dist/index.js"), limit: "2.6 MB", ...onDisk },
  { name: "first route of the page, with both languages", path: firstRoute(), limit: "130 kB", gzip: true },
  { name: "editor of the page", path: editor(), limit: "200 kB", gzip: true },
  { name: "worker that merges in the page", path: built("merge-worker-"), limit: "140 kB", gzip: true },
  { name: "style sheets of the page", path: `${assets}/*.css`, limit: "15 kB", gzip: true },
  { name: "everything shipped", path: ["dist/**/*.js", "!dist/web/**"], limit: "3.9 MB", ...onDisk },
];

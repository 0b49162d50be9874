import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A Node on PATH that is too old for stet, outside node_modules; nothing when there is none. */
export function findOldNode(): string | undefined {
  const folders = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  return folders.map((folder) => join(folder, "node")).find(isOld);
}

function isOld(path: string): boolean {
  if (!existsSync(path)) return false;
  const major = /^v(\d+)\./.exec(spawnSync(path, ["--version"], { encoding: "utf8" }).stdout ?? "")?.[1];
  return major !== undefined && Number(major) < 24;
}

import { isAbsolute, join, relative } from "node:path";

/** A folder as a person would name it: seen from the working folder, from the home folder, or in full. */
export function shownFolder(
  environment: { readonly workingFolder: string; readonly homeFolder: string },
  path: string,
): string {
  if (!isAbsolute(path)) return path;
  const fromHere = relative(environment.workingFolder, path);
  if (fromHere === "") return ".";
  if (!fromHere.startsWith("..")) return fromHere;
  const fromHome = relative(environment.homeFolder, path);
  return fromHome.startsWith("..") ? path : join("~", fromHome);
}

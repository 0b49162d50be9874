import { isAbsolute, join, resolve } from "node:path";

/**
 * Where the store lies: `STET_HOME`, else the platform's folder for a user's data.
 * A relative `XDG_DATA_HOME` counts as unset (XDG Base Directory Specification, "Basics").
 */
export function dataFolder(
  platform: string,
  variables: Readonly<Record<string, string | undefined>>,
  homeFolder: string,
  workingFolder: string,
): string {
  const chosen = variables.STET_HOME;
  if (chosen !== undefined && chosen !== "") return resolve(workingFolder, chosen);
  if (platform === "darwin") return join(homeFolder, "Library", "Application Support", "stet");
  if (platform === "win32") {
    return join(variables.LOCALAPPDATA ?? join(homeFolder, "AppData", "Local"), "stet");
  }
  const data = variables.XDG_DATA_HOME ?? "";
  return join(isAbsolute(data) ? data : join(homeFolder, ".local", "share"), "stet");
}

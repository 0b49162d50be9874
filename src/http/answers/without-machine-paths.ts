import type { Environment } from "../../app/environment.ts";

type Folders = Pick<Environment, "homeFolder" | "storeFolder" | "workingFolder">;

/**
 * A text without the folders of this machine: what lies in the project is named from there, and of the store and the
 * home folder only what they are. For errors and notices; what a person wrote is answered as it stands.
 */
export function withoutMachinePaths(folders: Folders): (text: string) => string {
  const names = [
    [folders.workingFolder, "<project>"],
    [folders.storeFolder, "<store>"],
    [folders.homeFolder, "~"],
  ] as const;
  const ordered = names
    .filter(([path]) => path.length > 1)
    .sort(([one], [other]) => other.length - one.length);
  return (text) => {
    let shown = text;
    for (const [path, name] of ordered) shown = shown.replaceAll(path, name);
    // What is left of absolute paths lies elsewhere on the machine, and is nobody's business.
    return shown.replace(/(^|[\s"'`(=:])\/(?:[^\s/"'`:,;()]+\/)+[^\s"'`:,;()]*/g, "$1<path>");
  };
}

/** The same of every text in a value. */
export function deepWithoutMachinePaths<Value>(value: Value, mask: (text: string) => string): Value {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === "string" ? mask(part) : part,
  );
}

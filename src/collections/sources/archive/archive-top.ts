import { mainFileNames } from "../../../artifacts/artifact-path.ts";
import { artifactKinds } from "../../../domain/artifact-kinds.ts";
import type { FetchedFile } from "../fetched-file.ts";

/** `skills`, `agents`, `hooks` and so on. */
const meaningful: ReadonlySet<string> = new Set(
  artifactKinds.map((kind) => (kind.endsWith("s") ? kind : `${kind}s`)),
);

/**
 * The files without the one folder that wraps all of them, as hosts and npm pack it (`repository-1.2.3/`,
 * `package/`): its name changes with every version. A folder that means something stays: one of artifacts
 * (`skills/`), a hidden one (`.claude/`), and a skill by itself, which the folder gives its name.
 */
export function withoutTopFolder(files: readonly FetchedFile[]): readonly FetchedFile[] {
  const [first] = files;
  if (first === undefined) return files;
  const top = first.path.slice(0, first.path.indexOf("/") + 1);
  const name = top.slice(0, -1);
  if (top === "" || name.startsWith(".") || meaningful.has(name)) return files;
  if (!files.every(({ path }) => path.startsWith(top))) return files;
  const isSkill = files.some(
    ({ path }) => path.slice(top.length).toLowerCase() === mainFileNames.skill.toLowerCase(),
  );
  const wraps = isSkill && name !== "package" && !/-(?:main|master|v?\d[\w.]*|[0-9a-f]{7,40})$/.test(name);
  return wraps ? files : files.map((file) => ({ ...file, path: file.path.slice(top.length) }));
}

/** The files without the first folder of each, as npm unpacks a package. What lies in none is left out. */
export function withoutFirstFolder(files: readonly FetchedFile[]): readonly FetchedFile[] {
  return files.flatMap((file) => {
    const slash = file.path.indexOf("/");
    return slash === -1 ? [] : [{ ...file, path: file.path.slice(slash + 1) }];
  });
}

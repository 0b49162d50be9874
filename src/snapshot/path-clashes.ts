/** The folders that a path lies in: `a` and `a/b` for `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

/**
 * Which of `added` no disk can hold beside `held`: a file where the other has a folder, `skills/a` and
 * `skills/a/SKILL.md`. Each side by itself is taken to be free of such pairs.
 */
export function pathClashes<Path extends string>(
  added: Iterable<Path>,
  held: Iterable<string>,
): readonly Path[] {
  const files = new Set(held);
  const folders = new Set<string>();
  for (const file of files) for (const folder of foldersOf(file)) folders.add(folder);
  const clashes: Path[] = [];
  for (const path of added) {
    if (folders.has(path) || foldersOf(path).some((folder) => files.has(folder))) clashes.push(path);
  }
  return clashes;
}

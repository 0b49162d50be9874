import createIgnore, { type Ignore } from "ignore";
import type { Disk } from "./disk.ts";
import type { Place } from "./place.ts";
import { isWithin } from "./place-paths.ts";

/** File with the user's own patterns, in the form of a `.gitignore`, at a place's base or mount. */
const ignoreFileName = ".stetignore";

/** What no collection wants: version control, caches, what systems and editors leave beside a file. */
const builtInPatterns: readonly string[] = [
  ".git",
  ".hg",
  ".svn",
  ".jj",
  "node_modules",
  "__pycache__",
  "*.pyc",
  ".venv",
  ".DS_Store",
  "._*",
  "Thumbs.db",
  "desktop.ini",
  "*.swp",
  "*.swo",
  "*~",
  ".#*",
  "#*#",
  "4913",
  ".*.kate-swp",
  "*.tmp.[0-9]*",
  "/stet/.work",
  "/stet/local",
];

/** Tells whether a path of a place is left out of history, and so never replaced or deleted either. */
export interface IgnoreRules {
  readonly ignores: (path: string, isFolder: boolean) => boolean;
}

/**
 * The rules of a place: built-in patterns, `.stetignore` of its base and of each mount, and the place's own
 * work folder. A `.stetignore` that cannot be read throws: guessing would capture what must stay out.
 */
export function loadIgnoreRules(disk: Disk, place: Place): IgnoreRules {
  const parts = [...place.mounts, { prefix: "", base: place.base }].map((part) => ({
    ...part,
    matcher: matcherFor(disk, part.base),
  }));
  return {
    ignores(path, isFolder) {
      const part = parts.find((one) => path.startsWith(one.prefix));
      if (part === undefined) return false;
      const inside = path.slice(part.prefix.length);
      if (inside === "") return false;
      if (isWithin(place.work, `${part.base}/${inside}`)) return true;
      return part.matcher.ignores(isFolder ? `${inside}/` : inside);
    },
  };
}

function matcherFor(disk: Disk, base: string): Ignore {
  const matcher = createIgnore({ allowRelativePaths: true }).add([...builtInPatterns]);
  const file = `${base}/${ignoreFileName}`;
  if (disk.lstat(file)?.kind !== "file") return matcher;
  return matcher.add(new TextDecoder().decode(disk.read(file).bytes));
}

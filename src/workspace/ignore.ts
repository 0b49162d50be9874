import createIgnore, { type Ignore } from "ignore";
import type { Disk } from "./disk.ts";
import type { Place } from "./place.ts";
import { isWithin } from "./place-paths.ts";

/** File with the user's own patterns, in the form of a `.gitignore`, at a place's base or mount. */
const ignoreFileName = ".stetignore";

/** What no collection wants, in any of its folders: version control, caches, what systems and editors leave beside a file. */
const builtInNames: readonly string[] = [
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
];

/** What stet keeps below a root for itself. */
const builtInFolders: readonly string[] = ["stet/.work", "stet/local"];

/** The built-in patterns in the form of a `.gitignore`. A `#` at its beginning would be a comment. */
const builtInPatterns: readonly string[] = [
  ...builtInNames.map((name) => name.replace(/^#/, "\\#")),
  ...builtInFolders.map((folder) => `/${folder}`),
];

/** The same as one expression: most places have no patterns of their own, and ten thousand paths are asked for. */
const builtInPaths = new RegExp(
  `^(?:${builtInFolders.map(expressionOf).join("|")})(?:/|$)|(?:^|/)(?:${builtInNames.map(expressionOf).join("|")})(?:/|$)`,
  "i",
);

function expressionOf(pattern: string): string {
  return pattern.replace(/[.+^${}()|\\]/g, "\\$&").replaceAll("*", "[^/]*");
}

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

type Matcher = Pick<Ignore, "ignores">;

const builtIn: Matcher = { ignores: (path) => builtInPaths.test(path) };

function matcherFor(disk: Disk, base: string): Matcher {
  const file = `${base}/${ignoreFileName}`;
  if (disk.lstat(file)?.kind !== "file") return builtIn;
  const own = new TextDecoder().decode(disk.read(file).bytes);
  return createIgnore({ allowRelativePaths: true })
    .add([...builtInPatterns])
    .add(own);
}

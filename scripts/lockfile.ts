/** What package-lock.json says about one package; only the fields that are read or written here. */
export interface LockedPackage {
  version?: string;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  os?: readonly string[];
  cpu?: readonly string[];
  libc?: readonly string[];
  optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

export interface MissingOptional {
  /** Where npm would put it, such as `node_modules/@scope/name`. */
  readonly path: string;
  readonly entry: LockedPackage;
}

const systems = new Set([
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
]);
const processors = new Set([
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "x64",
]);

/**
 * The optional packages that some package of the lock names and the lock does not hold.
 *
 * @throws when one is not named with an exact version, or its name does not tell its platform; without a
 *   platform npm would try to install it everywhere.
 */
export function findMissingOptionals(lockfile: Lockfile): readonly MissingOptional[] {
  const missing = new Map<string, MissingOptional>();
  for (const [parent, locked] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(locked.optionalDependencies ?? {})) {
      if (isHeld(lockfile, parent, name)) continue;
      const path = `node_modules/${name}`;
      missing.set(path, { path, entry: describe(name, version, locked.dev === true) });
    }
  }
  return [...missing.values()];
}

// Node looks in the node_modules of the package itself and of every folder above it.
function isHeld(lockfile: Lockfile, parent: string, name: string): boolean {
  const steps = parent.split("/node_modules/");
  for (let length = steps.length; length >= 1; length--) {
    const folder = steps.slice(0, length).join("/node_modules/");
    if (`${folder}/node_modules/${name}` in lockfile.packages) return true;
  }
  return `node_modules/${name}` in lockfile.packages;
}

function describe(name: string, version: string, isDevelopmentOnly: boolean): LockedPackage {
  if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    throw new Error(`${name}: ${version} is not an exact version`);
  const words = name.split(/[/-]/);
  const os = words.find((word) => systems.has(word));
  const cpu = words.find((word) => processors.has(word));
  if (os === undefined || cpu === undefined) throw new Error(`${name}: its name does not tell its platform`);
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return {
    version,
    cpu: [cpu],
    ...(isDevelopmentOnly ? { dev: true } : {}),
    ...(libc === undefined ? {} : { libc: [libc] }),
    optional: true,
    os: [os],
  };
}

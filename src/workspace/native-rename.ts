import { createRequire } from "node:module";

/** Swaps two names in one step of the file system. Throws an error with a POSIX `code`. */
export type Exchange = (one: string, other: string) => void;

interface Koffi {
  load(path: string): { func(prototype: string): (...values: unknown[]) => number };
  errno(): number;
  os: { errno: Record<string, number> };
}

const currentFolder = -100;
const linuxExchange = 2;
const macSwap = 2;

function isKoffi(value: unknown): value is Koffi {
  return typeof value === "object" && value !== null && "load" in value && "errno" in value && "os" in value;
}

let known: { readonly exchange: Exchange | null } | undefined;

/**
 * renameat2(RENAME_EXCHANGE) of Linux or renamex_np(RENAME_SWAP) of macOS; null where koffi, the function or
 * the platform is not there. Loading takes some 20 ms, so it waits for the first file that is replaced.
 */
export function loadExchange(platform: string): Exchange | null {
  if (known === undefined) known = { exchange: loadFrom(platform) };
  return known.exchange;
}

function loadFrom(platform: string): Exchange | null {
  if (platform !== "linux" && platform !== "darwin") return null;
  try {
    const koffi: unknown = createRequire(import.meta.url)("koffi");
    if (!isKoffi(koffi)) return null;
    if (platform === "linux") {
      const call = koffi
        .load("libc.so.6")
        .func("int renameat2(int oldFolder, const char *old, int newFolder, const char *new, uint flags)");
      return (one, other) =>
        check(koffi, call(currentFolder, one, currentFolder, other, linuxExchange), one, other);
    }
    const call = koffi
      .load("libSystem.B.dylib")
      .func("int renamex_np(const char *old, const char *new, uint flags)");
    return (one, other) => check(koffi, call(one, other, macSwap), one, other);
  } catch {
    return null;
  }
}

function check(koffi: Koffi, result: number, one: string, other: string): void {
  if (result === 0) return;
  const number = koffi.errno();
  const code = Object.entries(koffi.os.errno).find(([, value]) => value === number)?.[0] ?? `errno ${number}`;
  throw Object.assign(new Error(`${code}: exchange '${one}' with '${other}'`), { code });
}

/** A version as people read it: enough of its hash to tell it from others. */
export function shortVersion(version: string): string {
  return version.replace(/^sha256:/, "").slice(0, 8);
}

import type { CarriedUpstream } from "./carried.ts";

/** Where something that another tool installed came from, and the files that it put here for it. */
export interface InstalledOrigin {
  readonly upstream: CarriedUpstream;
  /** Files and folders below the folder of the record; empty where it does not say. */
  readonly files: readonly string[];
}

/** An origin on one line, as operations keep it: `https://github.com/owner/repo skills/pdf @main`. */
export function shownOrigin({ source, path, resolved, ref }: CarriedUpstream): string {
  const version = resolved.commit ?? ref;
  return [source, ...(path === "" ? [] : [path]), ...(version === null ? [] : [`@${version}`])].join(" ");
}

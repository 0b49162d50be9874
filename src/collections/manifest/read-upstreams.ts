import * as z from "zod/mini";
import { parseArtifact } from "../../domain/artifact-kinds.ts";
import { type UpstreamEntry, upstreamTable } from "./upstream-entry.ts";

/** One table of the manifest, as it is read. */
export const upstreamShape = z.looseObject({
  source: z.string().check(z.minLength(1), z.maxLength(2000)),
  ref: z.optional(z.string().check(z.minLength(1))),
  version: z.optional(z.string().check(z.minLength(1))),
  path: z._default(z.string(), ""),
  files: z._default(z.array(z.string()), []),
  pin: z.optional(z.string().check(z.minLength(1))),
  ignore: z.optional(z.string()),
});

/** Reads the tables by their names; a string says what is wrong with one. */
export function readUpstreams(
  tables: Readonly<Record<string, z.infer<typeof upstreamShape>>>,
): readonly UpstreamEntry[] | string {
  const entries: UpstreamEntry[] = [];
  for (const [name, table] of Object.entries(tables)) {
    const artifact = parseArtifact(name);
    if (artifact === undefined)
      return `${upstreamTable}.${JSON.stringify(name)} is not the name of an artifact`;
    const { source, ref = null, version: range = null, path, files, pin = null, ignore = null } = table;
    if (ref !== null && range !== null) return `${name} has both a ref and a version, and only one can hold`;
    entries.push({ artifact, source, ref, range, path, files, pin, ignore });
  }
  return entries;
}

import { maxSatisfying, satisfies, valid, validRange } from "semver";
import * as z from "zod/mini";

const text = z.string();
const person = z.union([text, z.looseObject({ name: z.optional(text) })]);

/** What a registry says of a package, as far as it is read here (npm, "package metadata", the full form). */
const shape = z.looseObject({
  "dist-tags": z._default(z.record(text, text), {}),
  time: z._default(z.record(text, z.unknown()), {}),
  versions: z.record(
    text,
    z.looseObject({
      version: text,
      license: z.optional(z.unknown()),
      deprecated: z.optional(z.unknown()),
      _npmUser: z.optional(person),
      author: z.optional(z.unknown()),
      dist: z.looseObject({ tarball: text, integrity: z.optional(text) }),
    }),
  ),
});

const sha512 = /sha512-[A-Za-z0-9+/]{86}==/;

export type Packument = z.infer<typeof shape>;

/** One version of a package. */
export interface PackageVersion {
  readonly version: string;
  /** The tag by which it was chosen; null where a range or its number did. */
  readonly tag: string | null;
  readonly tarball: string;
  /** `sha512-` and its hash in base64, as in Subresource Integrity; empty where the registry gives none. */
  readonly integrity: string;
  readonly licence: string | null;
  readonly publisher: string | null;
  /** When it was published, in ISO 8601. */
  readonly released: string | null;
}

/** Null for what is no package's metadata. */
export function parsePackument(json: string): Packument | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const parsed = shape.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/**
 * The version that npm would take for a tag, a number or a range, or that has this SHA-512; null for `latest`. Of a range the one tagged
 * `latest` where it fits, else the highest that is not deprecated, else the highest. A string says why there is none.
 */
export function chooseVersion(packument: Packument, wanted: string | null): PackageVersion | string {
  const tags = packument["dist-tags"];
  const asked = wanted ?? "latest";
  if (asked.startsWith("sha512-")) {
    const found = Object.values(packument.versions).find(({ dist }) => dist.integrity?.includes(asked));
    return found === undefined
      ? "no version of it has that SHA-512"
      : versionAt(packument, found.version, null);
  }
  const exact = valid(asked);
  if (exact !== null) return versionAt(packument, exact, null);
  const tagged = own(tags, asked);
  if (tagged !== undefined) return versionAt(packument, tagged, asked);
  if (validRange(asked) === null) return `it has no tag ${JSON.stringify(asked)}`;
  const latest = own(tags, "latest");
  if (latest !== undefined && satisfies(latest, asked)) return versionAt(packument, latest, null);
  const all = Object.keys(packument.versions);
  const lasting = all.filter((one) => !packument.versions[one]?.deprecated);
  const best = maxSatisfying(lasting, asked) ?? maxSatisfying(all, asked);
  return best === null
    ? `none of its ${all.length} versions is within ${asked}`
    : versionAt(packument, best, null);
}

function versionAt(packument: Packument, version: string, tag: string | null): PackageVersion | string {
  const found = own(packument.versions, version);
  if (found === undefined) return `it has no version ${version}`;
  const time = packument.time[version];
  return {
    version,
    tag,
    tarball: found.dist.tarball,
    integrity: sha512.exec(found.dist.integrity ?? "")?.[0] ?? "",
    licence: licenceOf(found.license),
    publisher: nameOf(found._npmUser) ?? nameOf(found.author),
    released: typeof time === "string" ? time : null,
  };
}

function licenceOf(value: unknown): string | null {
  if (typeof value === "string" && value !== "") return value;
  const old = z.looseObject({ type: text }).safeParse(value);
  return old.success ? old.data.type : null;
}

function nameOf(value: unknown): string | null {
  const parsed = person.safeParse(value);
  if (!parsed.success) return null;
  return typeof parsed.data === "string" ? parsed.data : (parsed.data.name ?? null);
}

function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

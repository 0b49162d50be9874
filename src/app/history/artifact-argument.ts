import { type Artifact, groupArtifacts } from "../../artifacts/artifact.ts";
import {
  type ArtifactReference,
  artifactKinds,
  formatArtifact,
  parseArtifact,
} from "../../domain/artifact-kinds.ts";
import { StetError } from "../../domain/errors.ts";
import type { Present } from "../workbench/present.ts";

/** `skill/pdf:scripts/run.sh@op_1234`: an artifact, one of its files, and when. */
export interface Address {
  readonly artifact: ArtifactReference;
  /** Path inside the artifact; null for the artifact itself. */
  readonly inner: string | null;
  readonly at: string | null;
}

/** Reads an artifact as it is typed: `skill/pdf`, or `skills/pdf`. Throws E-NAME. */
export function readArtifactArgument(text: string): ArtifactReference {
  const found = parseArtifact(text) ?? parseArtifact(text.replace(/^([a-z]+)s\//, "$1/"));
  if (found !== undefined) return found;
  throw new StetError({
    code: "E-NAME",
    what: "That is not the name of an artifact.",
    where: JSON.stringify(text),
    why: `A name is <kind>/<name>, and the kinds are ${artifactKinds.join(", ")}.`,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet list", summary: "see the artifacts with their names" }],
  });
}

/** Reads `<kind>/<name>[:path][@<id|time>]`. A time may hold colons: what follows the last @ is never a path. */
export function readAddress(text: string): Address {
  const sign = text.lastIndexOf("@");
  const at = sign > 0 ? text.slice(sign + 1) : null;
  const what = sign > 0 ? text.slice(0, sign) : text;
  const colon = what.indexOf(":");
  const artifact = readArtifactArgument(colon === -1 ? what : what.slice(0, colon));
  return { artifact, inner: colon === -1 ? null : what.slice(colon + 1), at };
}

/** The artifact of that name among a collection's present ones. Throws E-NOT-FOUND, with names that are near. */
export function artifactAmong(present: Pick<Present, "entries">, wanted: ArtifactReference): Artifact {
  const all = groupArtifacts(present.entries);
  const key = formatArtifact(wanted);
  const found = all.find((one) => formatArtifact(one.reference) === key);
  if (found !== undefined) return found;
  const near = all
    .map((one) => formatArtifact(one.reference))
    .filter((one) => one.includes(wanted.name) || wanted.name.includes(one.slice(one.indexOf("/") + 1)))
    .slice(0, 3);
  throw new StetError({
    code: "E-NOT-FOUND",
    what: "There is no such artifact.",
    where: key,
    why: near.length > 0 ? `There is ${near.join(", ")}.` : "The collection holds none of that name.",
    kept: "Nothing was changed.",
    fixes: [
      { cmd: "stet list", summary: "see what there is" },
      { cmd: `stet log ${key}`, summary: "see whether it was there before" },
    ],
  });
}

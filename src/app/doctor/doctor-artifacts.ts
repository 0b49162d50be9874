import { type Artifact, groupArtifacts } from "../../artifacts/artifact.ts";
import { findSecrets } from "../../artifacts/secrets.ts";
import { validateArtifact } from "../../artifacts/validate.ts";
import { formatArtifact } from "../../domain/artifact-kinds.ts";
import { isSymlink } from "../../domain/files.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { hasConflictMarkers } from "../../workspace/conflict-markers.ts";
import type { ProjectLook } from "../targets/project-look.ts";
import { type DoctorCheck, orFine } from "./doctor-check.ts";

/** Files that a runtime reads into its context are worth a word from here on. */
const largeBytesMin = 1024 * 1024;

/** What is to be said of the artifacts' own files: those that do not parse, secrets, markers, litter. */
export async function checkArtifacts(look: ProjectLook): Promise<readonly DoctorCheck[]> {
  const invalid: DoctorCheck[] = [];
  const secrets: DoctorCheck[] = [];
  const markers: DoctorCheck[] = [];
  for (const artifact of groupArtifacts(look.entries)) {
    invalid.push(...(await invalidIn(look, artifact)));
    for (const { path, entry } of artifact.files) {
      const bytes = isSymlink(entry.mode) ? undefined : await look.readBlob(entry.blob);
      if (bytes === undefined) continue;
      secrets.push(...(await secretsIn(look, path, bytes)));
      if (hasConflictMarkers(decodeText(bytes) ?? "")) markers.push(markersIn(path));
    }
  }
  return [
    ...orFine(invalid, "D-INVALID", "every artifact can be read"),
    ...orFine(secrets, "D-SECRET", "no file looks like it holds a secret"),
    ...orFine(markers, "D-MARKERS", "no file holds the markers of a merge"),
    ...orFine(largeFiles(look), "D-LARGE", "no file is larger than 1 MB"),
    ...orFine(litter(look), "D-LITTER", "no copies of editors and sync programs lie about"),
  ];
}

async function invalidIn(look: ProjectLook, artifact: Artifact): Promise<readonly DoctorCheck[]> {
  const { main } = artifact;
  const bytes = main === null ? null : ((await look.readBlob(main.entry.blob)) ?? null);
  return validateArtifact(artifact, bytes, "lenient")
    .filter(({ severity }) => severity !== "note")
    .map(({ severity, path, line, message }): DoctorCheck => {
      const where = `${formatArtifact(artifact.reference)}:${path}${line === null ? "" : ` line ${line}`}`;
      const cmd = `stet edit ${formatArtifact(artifact.reference)}`;
      const shown = severity === "error" ? "error" : "warning";
      return { code: "D-INVALID", severity: shown, message, where, fix: { cmd, summary: "mend it" } };
    });
}

async function secretsIn(
  look: ProjectLook,
  path: string,
  bytes: Uint8Array,
): Promise<readonly DoctorCheck[]> {
  const allowed = new Set(look.located.file.allow.map((one) => one.fingerprint));
  return (await findSecrets(path, bytes))
    .filter(({ fingerprint }) => !allowed.has(fingerprint))
    .map(({ rule, line, fingerprint }): DoctorCheck => {
      const message = `It looks like a secret (${rule}): change it at its issuer first, then take it out.`;
      const cmd = `stet allow ${fingerprint} --reason "..."`;
      const fix = { cmd, summary: "let it pass, if it is none" };
      return { code: "D-SECRET", severity: "error", message, where: `${path} line ${line}`, fix };
    });
}

function markersIn(where: string): DoctorCheck {
  return {
    code: "D-MARKERS",
    severity: "error",
    message: "It holds the markers of an unfinished merge, and runtimes would read them.",
    where,
    fix: { cmd: "git status", summary: "see what git has left to settle" },
  };
}

function largeFiles({ entries }: ProjectLook): readonly DoctorCheck[] {
  return [...entries]
    .filter(([, { size }]) => size > largeBytesMin)
    .map(([where, { size }]): DoctorCheck => {
      const message = `It has ${(size / 1024 / 1024).toFixed(1)} MB; every version of it is kept.`;
      return { code: "D-LARGE", severity: "note", message, where, fix: null };
    });
}

/** Names that editors, merges and sync programs leave behind; stet itself leaves none. */
const litterPattern = /(?:\.(?:bak|orig|rej|swp|tmp)|~|conflicted copy[^/]*|\.sync-conflict-[^/]*)$/i;

function litter({ entries }: ProjectLook): readonly DoctorCheck[] {
  return [...entries.keys()]
    .filter((path) => litterPattern.test(path))
    .map((where): DoctorCheck => {
      const message = "It looks like a copy that a program left behind; a runtime may load it.";
      return { code: "D-LITTER", severity: "warning", message, where, fix: null };
    });
}

import { formatArtifact } from "../domain/artifact-kinds.ts";
import { isSymlink } from "../domain/files.ts";
import { limits } from "../domain/limits.ts";
import { foldedPath } from "../domain/paths.ts";
import { byteOrderMark } from "../formats/text-shape.ts";
import type { Artifact, ArtifactFile } from "./artifact.ts";
import { namePathProblem } from "./artifact-name.ts";
import { mainFileNames } from "./artifact-path.ts";
import { type ArtifactText, readArtifactText } from "./artifact-text.ts";
import { fieldFindings } from "./field-rules.ts";
import {
  type Finding,
  type FindingCode,
  refusalSeverity,
  type Severity,
  type ValidationProfile,
} from "./finding.ts";

/**
 * What is to be said of an artifact under a profile, in the order of the lines it is about.
 *
 * `main` holds the bytes of `artifact.main`, null where that is null or was not kept. Never throws, whatever
 * the bytes. Values of fields are quoted in messages only where they are names.
 */
export function validateArtifact(
  artifact: Artifact,
  main: Uint8Array | null,
  profile: ValidationProfile,
): readonly Finding[] {
  const findings = [...nameFindings(artifact), ...alikeFindings(artifact, profile)];
  findings.push(...mainFindings(artifact, main, profile));
  return findings.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}

function nameFindings({ reference, main, files }: Artifact): readonly Finding[] {
  const problem = namePathProblem(reference.name);
  if (problem === null) return [];
  const path = main?.inner ?? files[0]?.inner ?? "";
  const message = `the name ${JSON.stringify(formatArtifact(reference))} is not safe as a path: ${problem}`;
  return [{ code: "name-path", severity: "error", path, line: null, message }];
}

/** Files of one artifact that some file systems cannot hold side by side. */
function alikeFindings({ files }: Artifact, profile: ValidationProfile): readonly Finding[] {
  const groups = Map.groupBy(files, ({ inner }) => foldedPath(inner));
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) =>
      group.map(({ inner }): Finding => {
        const others = group.filter((other) => other.inner !== inner).map((other) => other.inner);
        const message = `differs only by case or Unicode form from ${others.map((one) => JSON.stringify(one)).join(", ")}`;
        return { code: "files-alike", severity: refusalSeverity(profile), path: inner, line: null, message };
      }),
    );
}

function mainFindings(
  artifact: Artifact,
  bytes: Uint8Array | null,
  profile: ValidationProfile,
): readonly Finding[] {
  const { reference, main } = artifact;
  if (main === null) return missingMain(artifact, profile);
  const about = (code: FindingCode, severity: Severity, message: string): Finding => {
    return { code, severity, path: main.inner, line: null, message };
  };
  if (isSymlink(main.entry.mode))
    return [about("main-link", "note", "a link; what it leads to is not looked at")];
  const findings = isOtherCase(artifact, main)
    ? [
        about(
          "main-case",
          "warning",
          `most runtimes look for ${mainFileNames.skill} in exactly this spelling`,
        ),
      ]
    : [];
  if (main.entry.size > limits.parsedTextBytesMax) {
    findings.push(
      about("too-large", refusalSeverity(profile), "kept, but too large to be read as an artifact"),
    );
    return findings;
  }
  if (bytes === null) return findings;
  const text = readArtifactText(reference.kind, bytes);
  if (text.text === null) {
    findings.push(about("encoding", refusalSeverity(profile), "not UTF-8 text; it is kept as it is"));
    return findings;
  }
  findings.push(...textFindings(text, main, profile));
  findings.push(...fieldFindings({ artifact, text, path: main.inner, profile }));
  return findings;
}

/** What hinders the reading of the fields. */
function textFindings(
  { text, problem, repaired, fields }: ArtifactText,
  { inner }: ArtifactFile,
  profile: ValidationProfile,
): readonly Finding[] {
  const findings: Finding[] = [];
  const isJson = inner.endsWith(".json");
  if (profile === "spec" && text?.startsWith(byteOrderMark)) {
    const message = "begins with a byte order mark, before which strict readers see no frontmatter";
    findings.push({
      code: "encoding",
      severity: isJson ? "warning" : "error",
      path: inner,
      line: 1,
      message,
    });
  }
  if (problem === null) return findings;
  const { line } = problem;
  if (repaired) {
    const message = `read by quoting plain text, which not every runtime does: ${problem.message}`;
    findings.push({
      code: "frontmatter-repaired",
      severity: refusalSeverity(profile),
      path: inner,
      line,
      message,
    });
  } else if (fields === null) {
    const code = isJson ? "json-invalid" : "frontmatter-invalid";
    const message = `could not be read and is kept as it is: ${problem.message}`;
    findings.push({ code, severity: refusalSeverity(profile), path: inner, line, message });
  }
  return findings;
}

function missingMain({ reference, files }: Artifact, profile: ValidationProfile): readonly Finding[] {
  if (reference.kind !== "skill") return [];
  const message = `the folder has no ${mainFileNames.skill}, so no runtime takes it for a skill`;
  const path = files[0]?.inner ?? mainFileNames.skill;
  return [{ code: "main-missing", severity: refusalSeverity(profile), path, line: null, message }];
}

function isOtherCase({ reference }: Artifact, main: ArtifactFile): boolean {
  return reference.kind === "skill" && main.inner !== mainFileNames.skill;
}

import { limits } from "../../domain/limits.ts";
import type { FetchedFile } from "../sources/fetched-file.ts";
import { type TrustFinding, trustFinding } from "./trust-finding.ts";

/** More files, larger ones, or more bytes in all than one artifact may have. Depth and lengths are paths' matter. */
export function limitFindings(files: readonly Pick<FetchedFile, "path" | "size">[]): readonly TrustFinding[] {
  const findings: TrustFinding[] = [];
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (files.length > limits.artifactFilesMax) {
    findings.push(over("", `${files.length} files, at most ${limits.artifactFilesMax} are taken`));
  }
  if (total > limits.artifactBytesMax) {
    findings.push(over("", `${total} bytes in all, at most ${limits.artifactBytesMax} are taken`));
  }
  for (const { path, size } of files) {
    if (size > limits.blobBytesMax) {
      findings.push(over(path, `${size} bytes, at most ${limits.blobBytesMax} are taken of one file`));
    }
  }
  return findings;
}

function over(path: string, message: string): TrustFinding {
  return trustFinding("limit", path, { message, evidence: [], severity: "refused" });
}

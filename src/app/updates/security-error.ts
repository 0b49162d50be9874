import type { TrustFinding } from "../../collections/trust/trust-finding.ts";
import { StetError } from "../../domain/errors.ts";

/** That something of a third party's waits for a decision, with its lines. */
export function securityError(artifact: string, findings: readonly TrustFinding[]): StetError {
  const [first] = findings;
  const isRefused = findings.some((one) => one.severity === "refused");
  return new StetError({
    code: "E-SECURITY",
    what: isRefused
      ? "What came cannot be taken in."
      : "What came has to be looked at before it is taken in.",
    where: `${artifact}: ${findings.slice(0, 5).map(placeOf).join("; ")}`,
    why: [...new Set(findings.map((one) => one.message))].slice(0, 3).join("; "),
    kept: "Nothing of it was written, and what was fetched is removed.",
    fixes: isRefused
      ? [{ cmd: "stet outdated", summary: "see where the others stand" }]
      : [
          {
            cmd: `stet allow ${first?.fingerprint ?? ""} --reason "..."`,
            summary: "let this one pass, if it may",
          },
        ],
  });
}

function placeOf({ path, lines }: TrustFinding): string {
  const [first] = lines;
  return first === undefined ? path : `${path} line ${first.line} ${first.text}`;
}

import type { FetchedFile } from "../sources/fetched-file.ts";
import { escapeHidden, type TrustFinding, trustFinding } from "./trust-finding.ts";

/** Under which licence an artifact came, and from whom; null where nobody said. */
export interface Origin {
  readonly licence: string | null;
  readonly publisher: string | null;
}

const licenceFile = /(?:^|\/)(?:licen[cs]e|copying|unlicen[cs]e)(?:[.-][\w.-]+)?$/i;

/** Whether a file holds the words of a licence. */
export function isLicenceFile({ path }: Pick<FetchedFile, "path">): boolean {
  return licenceFile.test(path);
}

/** Another licence or publisher than the version before had. One that is named for the first time is no change. */
export function originFindings(before: Origin, after: Origin): readonly TrustFinding[] {
  return (["licence", "publisher"] as const).flatMap((field) => {
    const was = before[field];
    const is = after[field];
    if (was === null || was === is) return [];
    const message = `was ${quoted(was)}, is ${is === null ? "no longer said" : quoted(is)}`;
    return [trustFinding(field, "", { message, evidence: [was, is ?? ""] })];
  });
}

/** Another licence text; years, names of holders and line breaks may change. */
export function licenceTextFinding(path: string, before: string, after: string): TrustFinding | null {
  if (words(before) === words(after)) return null;
  return trustFinding("licence", path, {
    message: "the words of the licence changed",
    evidence: [words(after)],
  });
}

function words(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => !/^\W*copyright\b/i.test(line))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

function quoted(text: string): string {
  return JSON.stringify(escapeHidden(text.slice(0, 200)));
}

import type { Screen } from "../screen.ts";
import { columns } from "./columns.ts";

/** As much of a finding as people are shown. */
interface ShownFinding {
  readonly code: string;
  readonly path: string;
  readonly lines: readonly { readonly line: number; readonly text: string }[];
  readonly moreLines: number;
  readonly message: string;
  readonly fingerprint: string;
}

const linesShownMax = 8;

/** Findings with their exact lines, and what lets each pass. */
export function findingLines(
  screen: Screen,
  artifact: string,
  findings: readonly ShownFinding[],
): readonly string[] {
  return findings.flatMap((one) => {
    const head = [
      { text: "security", tone: "bad" as const },
      { text: one.code, tone: "strong" as const },
      { text: one.path === "" ? artifact : `${artifact} ${one.path}` },
      { text: one.message, tone: "quiet" as const },
    ];
    const shown = one.lines.slice(0, linesShownMax);
    const more = one.lines.length - shown.length + one.moreLines;
    return [
      ...columns(screen, [head], "  "),
      ...columns(
        screen,
        shown.map(({ line, text }) => [
          { text: String(line), tone: "quiet" as const },
          { text, exact: true as const },
        ]),
        "    ",
      ),
      ...(more > 0 ? [`    and ${more} more lines`] : []),
      ...columns(screen, [[{ text: "finding", tone: "quiet" as const }, { text: one.fingerprint }]], "    "),
    ];
  });
}

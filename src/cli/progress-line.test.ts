import { describe, expect, test } from "vitest";
import { ProgressLine, progressText } from "./progress-line.ts";

function drawnAfter(milliseconds: number, isTTY: boolean): string {
  let written = "";
  let now = 0;
  const line = new ProgressLine({ isTTY, write: (text) => (written += text) }, true, () => now);
  line.report({ what: "files", done: 30, total: 120 });
  now = milliseconds;
  line.draw();
  line.stop();
  return written;
}

describe("the progress line", () => {
  test("nothing before 300 ms, nothing where standard error is no terminal", () => {
    expect(drawnAfter(299, true)).toBe("");
    expect(drawnAfter(5_000, false)).toBe("");
  });

  test("a spinner from 300 ms, a counted bar from 2 s, and the line is taken away at the end", () => {
    expect(drawnAfter(300, true)).toBe("\r\u001b[2K⠙ files\r\u001b[2K");
    expect(drawnAfter(2_000, true)).toContain("██████░░░░░░░░░░░░░░░░░░ 30/120 files");
  });

  test("no bar without a total, and none that runs over", () => {
    expect(progressText({ what: "scan", done: 5, total: null }, 9_000, 0, false)).toBe("| scan");
    expect(progressText({ what: "scan", done: 9, total: 3 }, 9_000, 0, false)).toContain(
      `${"#".repeat(24)} 9/3`,
    );
  });
});

// Merges and looks for problems beside the page, so that typing never waits.

import { computeOutlook } from "./compute-outlook.ts";
import { findProblems } from "./find-problems.ts";
import type { WorkerAnswer, WorkerQuestion } from "./worker-messages.ts";

addEventListener("message", ({ data }: MessageEvent<WorkerQuestion>) => {
  postMessage(answerTo(data));
});

function answerTo(question: WorkerQuestion): WorkerAnswer {
  const { ticket } = question;
  return question.type === "merge"
    ? { type: "merge", ticket, outlook: computeOutlook(question.job) }
    : { type: "problems", ticket, problems: findProblems(question.path, question.text) };
}

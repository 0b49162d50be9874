import type { TextProblem } from "./find-problems.ts";
import type { MergeJob, MergeOutlook } from "./merge-job.ts";
import type { WorkerAnswer, WorkerQuestion } from "./worker-messages.ts";

/** The worker of one editor. Only the newest question of each kind is answered: what was overtaken is dropped. */
export class MergeRoom {
  readonly #worker = new Worker(new URL("./merge-worker.ts", import.meta.url), { type: "module" });
  readonly #waiting: { merge: Waiting | null; problems: Waiting | null } = { merge: null, problems: null };
  #isBusy = false;
  #ticket = 0;

  constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<WorkerAnswer>) => this.#answered(data));
    // A worker that fails must not keep the editor waiting: the server merges as well.
    this.#worker.addEventListener("error", () => this.#next());
  }

  merge(job: MergeJob, done: (outlook: MergeOutlook) => void): void {
    const ticket = ++this.#ticket;
    const question: WorkerQuestion = { type: "merge", ticket, job };
    this.#ask({ question, done: (answer) => answer.type === "merge" && done(answer.outlook) });
  }

  problems(path: string, text: string, done: (problems: readonly TextProblem[]) => void): void {
    const ticket = ++this.#ticket;
    const question: WorkerQuestion = { type: "problems", ticket, path, text };
    this.#ask({ question, done: (answer) => answer.type === "problems" && done(answer.problems) });
  }

  close(): void {
    this.#worker.terminate();
  }

  #asked: Waiting | null = null;

  #ask(waiting: Waiting): void {
    this.#waiting[waiting.question.type] = waiting;
    if (!this.#isBusy) this.#next();
  }

  #next(): void {
    const next = this.#waiting.merge ?? this.#waiting.problems;
    this.#isBusy = next !== null;
    this.#asked = next;
    if (next === null) return;
    this.#waiting[next.question.type] = null;
    this.#worker.postMessage(next.question);
  }

  #answered(answer: WorkerAnswer): void {
    const asked = this.#asked;
    this.#next();
    if (asked?.question.ticket === answer.ticket) asked.done(answer);
  }
}

interface Waiting {
  readonly question: WorkerQuestion;
  readonly done: (answer: WorkerAnswer) => unknown;
}

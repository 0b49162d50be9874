import type { TextProblem } from "./find-problems.ts";
import type { MergeJob, MergeOutlook } from "./merge-job.ts";

export type WorkerQuestion =
  | { readonly type: "merge"; readonly ticket: number; readonly job: MergeJob }
  | { readonly type: "problems"; readonly ticket: number; readonly path: string; readonly text: string };

export type WorkerAnswer =
  | { readonly type: "merge"; readonly ticket: number; readonly outlook: MergeOutlook }
  | { readonly type: "problems"; readonly ticket: number; readonly problems: readonly TextProblem[] };

import type { MergeFile } from "./merge-port.ts";
import type { MergeOptions } from "./merge-types.ts";
import { wholeFileMerge } from "./whole-file-merge.ts";

export function mergeFileWith(_options: Partial<MergeOptions>): MergeFile {
  return wholeFileMerge;
}

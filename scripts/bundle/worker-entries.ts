import type { Rolldown } from "tsdown";

const workerUrl = /new URL\(\s*"(\.[^"]*\.ts)",\s*import\.meta\.url,?\s*\)/g;

/**
 * Builds every `new URL("./some-worker.ts", import.meta.url)` in src/ as an entry of its own, at the same
 * path under dist/, and points the URL there. So the same line starts the worker from source and from
 * the bundle, wherever the code around it ends up.
 */
export function workerEntries(): Rolldown.Plugin {
  return {
    name: "stet:worker-entries",
    transform: {
      filter: { id: /[\\/]src[\\/].*\.ts$/, code: workerUrl },
      async handler(code, id) {
        let changed = code;
        for (const [text, specifier = ""] of code.matchAll(workerUrl)) {
          const resolved = await this.resolve(specifier, id);
          if (resolved === null) throw new Error(`${id} starts ${specifier}, which is not there`);
          const reference = this.emitFile({
            type: "chunk",
            id: resolved.id,
            name: pathInSource(resolved.id),
          });
          changed = changed.replace(text, `new URL(import.meta.ROLLUP_FILE_URL_${reference})`);
        }
        return changed;
      },
    },
  };
}

function pathInSource(id: string): string {
  const path = id.replaceAll("\\", "/").split("/src/").at(-1) ?? id;
  return path.replace(/\.ts$/, "");
}

import { fileURLToPath } from "node:url";
import { runCommandLine } from "./cli/command-line.ts";

/** The program: the command line, which starts the gateway where a command asks for it. */
await runCommandLine(process.argv.slice(2), {
  startServer: async (environment, options) => {
    const { startServer } = await import("./http/serve.ts");
    return await startServer(environment, {
      ...options,
      page: fileURLToPath(new URL("web", import.meta.url)),
    });
  },
});

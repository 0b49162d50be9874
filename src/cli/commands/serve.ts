import { answer } from "../../app/outcomes.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { runServer, serverOptions } from "../run-server.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: serverOptions,
  examples: [
    { cmd: "stet serve", summary: "until Ctrl-C" },
    { cmd: "stet serve --port 0 --require-token", summary: "on any free port, for those who have the token" },
  ],
  about:
    "Serves the HTTP API and the page for this project, and records edits on disk as they happen. It listens on this machine only, unless --host says otherwise; then everybody needs the token in server.json beside the store.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const { url } = await runServer(call, async (server) => {
    call.terminal.say(`serving at ${server.url}; Ctrl-C ends it`);
  });
  return outcomeOf(answer({ url }), () => "Stopped.");
}

import { answer } from "../../app/outcomes.ts";
import { readServerRecord } from "../../app/server-record.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { openInBrowser } from "../open-in-browser.ts";
import { environmentOfServer, runServer, serverOptions } from "../run-server.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [...serverOptions, { flags: "--no-browser", summary: "print the link, and open nothing" }],
  examples: [{ cmd: "stet open", summary: "the page of this project, in your browser" }],
  about:
    "Opens the page with a link that is good once. Where a server of this project runs already, the link is one of its own and the command ends; else it serves until Ctrl-C.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const running = await linkOfRunning(call);
  if (running !== null) {
    await offer(call, running);
    return outcomeOf(answer({ url: new URL(running).origin }), () => "Opened.");
  }
  const { url } = await runServer(call, async (server) => {
    call.terminal.say(`serving at ${server.url}; Ctrl-C ends it`);
    await offer(call, server.link());
  });
  return outcomeOf(answer({ url }), () => "Stopped.");
}

async function offer({ terminal, input }: Call, link: string): Promise<void> {
  const problem = input.flag("no-browser") ? "none was asked for" : await openInBrowser(link);
  if (problem !== null) terminal.say(`open this link, good once and for two minutes: ${link}`);
}

/** A link of a server that serves this folder already; null where none does, or it does not answer. */
async function linkOfRunning(call: Call): Promise<string | null> {
  const { environment } = environmentOfServer(call);
  const record = readServerRecord(environment);
  const server = record?.servers.find((one) => one.folder === environment.workingFolder);
  if (record === null || server === undefined) return null;
  try {
    const headers = { authorization: `Bearer ${record.token}` };
    const signal = AbortSignal.timeout(2_000);
    const response = await fetch(`${server.url}/api/session/links`, { method: "POST", headers, signal });
    const body: unknown = await response.json();
    if (typeof body !== "object" || body === null || !("path" in body)) return null;
    return server.url + String(body.path);
  } catch {
    return null;
  }
}

import { du } from "../../app/du.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { counted } from "../render/counted.ts";
import { shownBytes } from "../render/shown-bytes.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [],
  examples: [{ cmd: "stet du", summary: "each artifact now and with its history, largest first" }],
  about: "",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await du(call.environment, { ...call.options });
  const { artifacts, bytes, historyBytes, storeBytes } = answer.data;
  return outcomeOf(answer, (screen) => {
    const rows = artifacts.map((one) => [
      { text: shownBytes(one.historyBytes).padStart(9), exact: true as const },
      { text: `now ${shownBytes(one.bytes)}`, tone: "quiet" as const },
      { text: counted(one.versions, "content"), tone: "quiet" as const },
      { text: one.artifact, tone: "strong" as const },
    ]);
    const total = `${shownBytes(historyBytes)} of history as plain files, ${shownBytes(bytes)} of it present; the store takes ${shownBytes(storeBytes)} for all collections.`;
    return [...columns(screen, rows), total].join("\n");
  });
}

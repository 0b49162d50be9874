import { install } from "../../app/install.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { changeOutcome } from "../render/change-outcome.ts";

export const spec: CommandSpec = {
  takesMany: true,
  arguments: [],
  options: [{ flags: "--frozen", summary: "exactly what the lock says, or an error" }],
  examples: [
    { cmd: "stet install", summary: "bring what manifest and lock name to where it belongs" },
    { cmd: "stet install --frozen", summary: "for a check that runs by itself" },
  ],
  about: "What the store holds needs no network. What is fetched is held against the hashes of the lock.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await install(call.environment, { ...call.options, frozen: call.input.flag("frozen") });
  return outcomeOf(answer, (screen) =>
    changeOutcome(screen, answer.data, {
      done: "Installed",
      implies: "new",
      nothing: "Everything is installed.",
    }),
  );
}

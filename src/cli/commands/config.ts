import {
  addTarget,
  getSetting,
  listSettings,
  removeTarget,
  type ShownSetting,
  setSetting,
} from "../../app/config.ts";
import { trust } from "../../app/trust.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { doneLine } from "../render/done-line.ts";
import { planLines } from "../render/plan-lines.ts";
import { visibleLine } from "../render/visible-text.ts";
import { usageError } from "../usage-error.ts";

const actions = ["get", "set", "unset", "add-target", "remove-target", "trust"] as const;
type Action = (typeof actions)[number];

export const spec: CommandSpec = {
  arguments: [
    { name: "[action]", summary: `${actions.join(", ")} (all settings are listed, if not given)` },
    { name: "[key]", summary: "the setting, or the runtime for add-target and remove-target" },
    { name: "[value]", summary: "for set" },
  ],
  options: [],
  examples: [
    { cmd: "stet config", summary: "every setting with its value" },
    { cmd: "stet config set actor.name ana", summary: "what the log calls you" },
    { cmd: "stet config trust", summary: "see what this project asks for outside of itself, then decide" },
    { cmd: "stet config add-target codex", summary: "carry the collection to Codex as well" },
  ],
  about:
    "Settings of the collection are operations: stet undo takes them back. Your own lie beside the store.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const typed = call.input.word(0);
  if (typed === undefined) return await listAll(call);
  const action = actions.find((one) => one === typed);
  if (action === undefined) {
    throw usageError(`There is no action "${typed}".`, `stet config knows ${actions.join(", ")}.`, [
      { cmd: `stet config get ${typed}`, summary: "if that is a setting" },
      { cmd: "stet config", summary: "see every setting" },
    ]);
  }
  if (action === "trust") return await trustOutside(call);
  const value = call.input.word(2);
  if ((action === "set") === (value === undefined)) {
    throw usageError(
      value === undefined ? "The value is missing." : `stet config ${action} takes no value.`,
      `The form is: stet config ${action} <key>${action === "set" ? " <value>" : ""}.`,
    );
  }
  return await act(call, action, call.input.needed(1, "key"), value ?? null);
}

async function act(
  call: Call,
  action: Exclude<Action, "trust">,
  key: string,
  value: string | null,
): Promise<CommandOutcome> {
  const { environment, options } = call;
  switch (action) {
    case "get": {
      const answer = await getSetting(environment, { ...options, key });
      return outcomeOf(answer, () => (answer.data.value === null ? "" : visibleLine(answer.data.value)));
    }
    case "set":
    case "unset": {
      const answer = await setSetting(environment, { ...options, key, value });
      const text = value === null ? `Unset ${key}` : `Set ${key} to ${value}`;
      return outcomeOf(answer, (screen) => doneLine(screen, text, answer.data.operation));
    }
    case "add-target": {
      const answer = await addTarget(environment, { ...options, target: key });
      return outcomeOf(answer, (screen) =>
        doneLine(screen, `Carried to ${key} from now on`, answer.data.operation),
      );
    }
    case "remove-target": {
      const answer = await removeTarget(environment, { ...options, target: key });
      return outcomeOf(answer, (screen) =>
        doneLine(screen, `No longer carried to ${key}; its files stay`, answer.data.operation),
      );
    }
  }
}

async function listAll(call: Call): Promise<CommandOutcome> {
  const answer = await listSettings(call.environment, { ...call.options });
  return outcomeOf(answer, (screen) => columns(screen, answer.data.settings.map(settingCells)).join("\n"));
}

function settingCells(setting: ShownSetting) {
  return [
    { text: setting.key, tone: "strong" as const },
    { text: setting.value ?? "(not set)" },
    { text: setting.where, tone: "quiet" as const },
    { text: setting.summary, tone: "quiet" as const },
  ];
}

/** Targets outside the project are followed only after the user trusted this checkout with them. */
async function trustOutside(call: Call): Promise<CommandOutcome> {
  const answer = await trust(call.environment, call.options);
  const { plan, trusted, written } = answer.data;
  return outcomeOf(answer, (screen) => {
    if (plan.length > 0)
      return [planLines(screen, plan), written ? "Trusted." : "Nothing was written."].join("\n");
    return trusted.length === 0 ? "It asks for nothing outside of itself." : `Trusted: ${trusted.join(", ")}`;
  });
}

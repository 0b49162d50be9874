import type { CheckSeverity } from "../../app/doctor/doctor-check.ts";
import { doctor } from "../../app/doctor.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { columns } from "../render/columns.ts";
import { counted } from "../render/counted.ts";
import { glyph } from "../render/glyph.ts";
import type { Tone } from "../render/paint.ts";

export const spec: CommandSpec = {
  arguments: [],
  options: [
    { flags: "--full", summary: "hash the whole store again, not only a sample of it" },
    { flags: "--strict", summary: "end with 1 also where there are only warnings" },
  ],
  examples: [{ cmd: "stet doctor", summary: "what is wrong here, why, and which command helps" }],
  about:
    "It changes nothing, and works without a collection and with a damaged store. Ends with 1 where there is an error.",
};

type Look = readonly [sign: Parameters<typeof glyph>[1], word: string, tone: Tone];

const looks: Readonly<Record<CheckSeverity, Look>> = {
  ok: ["done", "ok", "good"],
  note: ["note", "note", "quiet"],
  warning: ["both", "warn", "warn"],
  error: ["fail", "fail", "bad"],
};

export async function run(call: Call): Promise<CommandOutcome> {
  const answer = await doctor(call.environment, { ...call.options, full: call.input.flag("full") });
  const { checks, worst } = answer.data;
  const isBad = worst === "error" || (worst === "warning" && call.input.flag("strict"));
  return outcomeOf(
    answer,
    (screen) => {
      const rows = checks.map(({ code, severity, message, where, fix }) => {
        const [sign, word, tone] = looks[severity];
        const help = fix === null ? "" : `  fix: ${fix.cmd}`;
        return [
          { text: `${glyph(screen, sign)} ${word}`, tone },
          { text: code, tone: "strong" as const },
          { text: `${message}${where === null ? "" : ` (${where})`}${help}` },
        ];
      });
      const count = (severity: CheckSeverity) => checks.filter((one) => one.severity === severity).length;
      const total = `${counted(count("error"), "failure")}, ${counted(count("warning"), "warning")}`;
      return [...columns({ ...screen, width: Number.POSITIVE_INFINITY }, rows), total].join("\n");
    },
    isBad ? { exit: 1 } : {},
  );
}

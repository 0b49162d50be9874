import { answer } from "../../app/outcomes.ts";
import { errorCodes, isErrorCode } from "../../domain/error-codes.ts";
import { StetError } from "../../domain/errors.ts";
import { type Call, type CommandOutcome, type CommandSpec, outcomeOf } from "../command-spec.ts";
import { nearestWord } from "../nearest-word.ts";
import { columns } from "../render/columns.ts";
import { paint } from "../render/paint.ts";

export const spec: CommandSpec = {
  arguments: [
    { name: "[code]", summary: "an error code, as it stands at the end of an error", completes: "code" },
  ],
  options: [],
  examples: [
    { cmd: "stet explain E-STALE", summary: "what happened, and what to do" },
    { cmd: "stet explain", summary: "all codes with their exit codes" },
  ],
  about: "Error codes are stable: scripts may rely on them and on the exit code that goes with each.",
};

export async function run(call: Call): Promise<CommandOutcome> {
  const typed = call.input.word(0);
  if (typed === undefined) return listAll();
  const code = typed.toUpperCase();
  if (!isErrorCode(code)) throw unknownCode(typed);
  const { exit, text } = errorCodes[code];
  return outcomeOf(answer({ code, exit, text }), (screen) =>
    [`${paint(screen, "strong", code)}  exit code ${exit}`, `  ${text}`].join("\n"),
  );
}

function listAll(): CommandOutcome {
  const codes = Object.entries(errorCodes).map(([code, { exit, text }]) => ({ code, exit, text }));
  return outcomeOf(answer({ codes }), (screen) =>
    columns(
      screen,
      codes.map(({ code, exit, text }) => [
        { text: code, tone: "strong" },
        { text: `exit ${exit}` },
        { text },
      ]),
    ).join("\n"),
  );
}

function unknownCode(typed: string): StetError {
  const nearest = nearestWord(typed.toUpperCase(), Object.keys(errorCodes));
  return new StetError({
    code: "E-NOT-FOUND",
    what: `There is no error code "${typed}".`,
    where: "the list of error codes",
    why: "Codes begin with E- and stand at the end of the first line of an error.",
    kept: "Nothing was changed.",
    fixes: [
      ...(nearest === undefined
        ? []
        : [{ cmd: `stet explain ${nearest}`, summary: "perhaps this was meant" }]),
      { cmd: "stet explain", summary: "see all codes" },
    ],
  });
}

import { knownError, stackOf } from "../app/known-error.ts";
import { errorCodes } from "../domain/error-codes.ts";
import { callOptions } from "./call-options.ts";
import type { Call, CommandEntry, CommandOutcome } from "./command-spec.ts";
import { commandTable, findCommand } from "./command-table.ts";
import { hasWord, splitCommandWord } from "./command-word.ts";
import { collectEarly } from "./early-collection.ts";
import { envelope, errorEnvelope, jsonLine } from "./envelope.ts";
import { exitInterrupted, onInterrupt } from "./interruption.ts";
import { OutputStream } from "./output-stream.ts";
import { ProgressLine } from "./progress-line.ts";
import { glyph } from "./render/glyph.ts";
import { paint } from "./render/paint.ts";
import { visibleLine } from "./render/visible-text.ts";
import { type ColourChoice, type Screen, screenOf } from "./screen.ts";
import { usageError } from "./usage-error.ts";

const output = new OutputStream(1, () => process.stdout);
const errors = new OutputStream(2, () => process.stderr);

/** What a command line is given by the program that it is part of. */
export type CommandLineParts = Pick<Call, "startServer">;

/** Runs one command line and sets the exit code of the process. Never throws. */
export async function runCommandLine(words: readonly string[], parts: CommandLineParts): Promise<void> {
  const json = hasWord(words, "--json");
  const { command, rest } = splitCommandWord(words);
  try {
    process.exitCode = await run(command, rest, json, parts);
  } catch (thrown) {
    process.exitCode = await showError(command, thrown, words, json);
  }
}

async function run(
  command: string | undefined,
  rest: readonly string[],
  json: boolean,
  parts: CommandLineParts,
): Promise<number> {
  if (hasWord(rest, "-V", "--version") && command === undefined) return await showVersion();
  const wantsFullHelp = hasWord(rest, "--help");
  const wantsHelp = wantsFullHelp || hasWord(rest, "-h");
  if (command === undefined || command === "help")
    return await showHelp(rest, wantsFullHelp || command === "help");
  const entry = findCommand(command);
  if (entry === undefined) throw await unknownCommand(command);
  if (wantsHelp) return await showHelp([entry.name], wantsFullHelp);
  return await runEntry(entry, rest, json, parts);
}

async function runEntry(
  entry: CommandEntry,
  rest: readonly string[],
  json: boolean,
  parts: CommandLineParts,
): Promise<number> {
  const [module, { parseInput }, { processEnvironment }, { processTerminal }] = await Promise.all([
    entry.load(),
    import("./parse-input.ts"),
    import("./process-environment.ts"),
    import("./terminal.ts"),
  ]);
  const input = parseInput(entry.name, module.spec, rest);
  if (module.spec.takesMany) collectEarly();
  const talk = screenFor(errors, rest);
  const progress = new ProgressLine(errors, talk.unicode);
  const mayAsk = !json && !hasWord(rest, "--no-input") && (process.env.CI ?? "") === "";
  const terminal = processTerminal({ progress, output, errors }, mayAsk);
  const interruption = onInterrupt(entry, terminal.say);
  try {
    const environment = processEnvironment(input.text("C"), progress.report, interruption.signal);
    const options = callOptions(input, terminal);
    const outcome = await module.run({
      ...parts,
      environment,
      options,
      input,
      terminal,
      json,
      commands: commandTable,
    });
    progress.stop();
    show(entry.name, outcome, json, screenFor(output, rest), talk);
    if (!interruption.signal.aborted) return outcome.exit;
    if (entry.endsByInterrupt !== true) terminal.say(finishedAnyway(outcome.data));
    return exitInterrupted;
  } finally {
    progress.stop();
    interruption.stopListening();
  }
}

/** What an interrupted command did all the same: it was past the point where it could be given up. */
function finishedAnyway(data: unknown): string {
  const operation = typeof data === "object" && data !== null && "operation" in data ? data.operation : null;
  return typeof operation === "string"
    ? `Interrupted too late: ${operation} is recorded and finished. stet undo takes it back.`
    : "Interrupted too late: the command was finished.";
}

function show(command: string, outcome: CommandOutcome, json: boolean, screen: Screen, talk: Screen): void {
  if (json) {
    output.write(jsonLine(envelope(command, outcome)));
    return;
  }
  if (typeof outcome.shown === "function") {
    const text = outcome.shown(screen);
    if (text !== "") output.write(`${text}\n`);
  } else output.write(outcome.shown);
  for (const notice of outcome.notices) {
    errors.write(`${paint(talk, "warn", "note")}  ${visibleLine(notice.text)}\n`);
  }
  if (outcome.next.length > 0) {
    const steps = outcome.next.map((step) => paint(talk, "new", visibleLine(step)));
    errors.write(`${paint(talk, "quiet", "Next:")} ${steps.join(`  ${glyph(talk, "dot")}  `)}\n`);
  }
}

async function showError(
  typed: string | undefined,
  thrown: unknown,
  words: readonly string[],
  json: boolean,
): Promise<number> {
  const error = knownError(thrown);
  // What was typed is not trusted as the name of a schema.
  const entry = typed === undefined ? undefined : findCommand(typed);
  const command = entry?.name ?? "error";
  if (json) output.write(jsonLine(errorEnvelope(command, error)));
  else {
    const { errorBlock } = await import("./render/error-block.ts");
    errors.write(`${errorBlock(screenFor(errors, words), error)}\n`);
  }
  if (hasWord(words, "--debug")) errors.write(`${stackOf(thrown)}\n`);
  return entry?.errorExit ?? errorCodes[error.code].exit;
}

async function showHelp(topics: readonly string[], full: boolean): Promise<number> {
  const { commandHelp, overview } = await import("./help.ts");
  const screen = screenFor(output, topics);
  const topic = topics.find((word) => !word.startsWith("-"));
  const entry = topic === undefined ? undefined : findCommand(topic);
  if (topic !== undefined && entry === undefined) throw await unknownCommand(topic);
  const text =
    entry === undefined
      ? overview(screen, full)
      : commandHelp(screen, entry, (await entry.load()).spec, full);
  output.write(`${text}\n`);
  return 0;
}

async function showVersion(): Promise<number> {
  const manifest = await import("../../package.json", { with: { type: "json" } });
  output.write(`${manifest.default.version}\n`);
  return 0;
}

async function unknownCommand(typed: string) {
  const { nearestWord } = await import("./nearest-word.ts");
  const nearest = nearestWord(
    typed,
    commandTable.map((entry) => entry.name),
  );
  const help = { cmd: "stet --help", summary: "see all commands" };
  const meant = nearest === undefined ? [] : [{ cmd: `stet ${nearest}`, summary: "perhaps this was meant" }];
  return usageError(`There is no command "${typed}".`, "It is not one of those that stet has.", [
    ...meant,
    help,
  ]);
}

function screenFor(stream: OutputStream, words: readonly string[]): Screen {
  return screenOf(stream, process.env, colourChoice(words), Date.now() * 1000);
}

/** Read before the options are parsed, because an error about them is coloured too. */
function colourChoice(words: readonly string[]): ColourChoice {
  const joined = words.find((word) => word.startsWith("--color="))?.slice("--color=".length);
  const index = words.indexOf("--color");
  const choice = joined ?? (index < 0 ? undefined : words[index + 1]);
  return choice === "always" || choice === "never" ? choice : "auto";
}

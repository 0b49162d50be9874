import { StetError } from "../domain/errors.ts";
import type { OutputStream } from "./output-stream.ts";
import type { ProgressLine } from "./progress-line.ts";
import { visibleLine } from "./render/visible-text.ts";

/** What a command may do with the person in front of it, where there is one. */
export interface Terminal {
  /** Asks yes or no; undefined where there is nobody to ask. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Asks for a word to be typed; undefined where there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Offers several things of which any number are chosen; undefined where there is nobody to ask. */
  readonly choose: ((question: string, choices: readonly Choice[]) => Promise<readonly string[]>) | undefined;
  /** All of standard input as text. Throws E-INVALID where it is not UTF-8. */
  readonly readInput: () => Promise<string>;
  /** Says something on standard error while the command runs. */
  readonly say: (text: string) => void;
  /** Writes to standard output at once: for commands that go on until they are stopped. */
  readonly stream: (text: string) => void;
  /** Clears the spinner, for as long as another program has the terminal. */
  readonly yield: () => void;
}

/** One thing to choose: `value` is given back, the others are shown. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint: string;
}

interface TerminalStreams {
  readonly progress: ProgressLine;
  readonly output: OutputStream;
  readonly errors: OutputStream;
}

/** Prompts need a person at both ends: standard input to type on, standard error to read. */
export function processTerminal({ progress, output, errors }: TerminalStreams, mayAsk: boolean): Terminal {
  const canAsk = mayAsk && errors.isTTY && process.stdin.isTTY === true;
  return {
    confirm: canAsk ? (question) => confirm(progress, question) : undefined,
    ask: canAsk ? (question) => ask(progress, question) : undefined,
    choose: canAsk ? (question, choices) => choose(progress, question, choices) : undefined,
    readInput,
    say: (text) => {
      progress.clear();
      errors.write(`${text}\n`);
    },
    stream: (text) => {
      progress.clear();
      output.write(text);
    },
    yield: () => progress.stop(),
  };
}

/** The last line of the question is asked; those before it (a plan) are shown first. */
async function confirm(progress: ProgressLine, question: string): Promise<boolean> {
  progress.stop();
  const lines = question.split("\n").map(visibleLine);
  const asked = lines.pop() ?? "";
  for (const line of lines) process.stderr.write(`  ${line}\n`);
  const prompts = await import("@clack/prompts");
  const given = await prompts.confirm({ message: asked, initialValue: false, output: process.stderr });
  if (prompts.isCancel(given)) throw leftUnanswered();
  return given;
}

async function ask(progress: ProgressLine, question: string): Promise<string> {
  progress.stop();
  const prompts = await import("@clack/prompts");
  const given = await prompts.text({ message: question, output: process.stderr });
  if (prompts.isCancel(given)) throw leftUnanswered();
  return given ?? "";
}

async function choose(
  progress: ProgressLine,
  question: string,
  choices: readonly Choice[],
): Promise<readonly string[]> {
  progress.stop();
  const prompts = await import("@clack/prompts");
  const options = choices.map(({ value, label, hint }) => ({
    value,
    label: visibleLine(label),
    hint: visibleLine(hint),
  }));
  const given = await prompts.multiselect({
    message: question,
    options,
    required: true,
    output: process.stderr,
  });
  if (prompts.isCancel(given)) throw leftUnanswered();
  return given;
}

function leftUnanswered(): StetError {
  return new StetError({
    code: "E-INTERRUPTED",
    what: "The question was left unanswered, so nothing was done.",
    where: "the question",
    why: "It was interrupted.",
    kept: "Nothing was changed.",
    fixes: [],
  });
}

async function readInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new StetError({
      code: "E-INVALID",
      what: "Standard input could not be read as text.",
      where: "standard input",
      why: "It is not valid UTF-8.",
      kept: "Nothing was changed.",
      fixes: [],
    });
  }
}

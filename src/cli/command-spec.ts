import type { CallOptions, Environment } from "../app/environment.ts";
import type { Answer, Notice } from "../app/outcomes.ts";
import type { Input } from "./input.ts";
import type { Screen } from "./screen.ts";
import type { StartServer } from "./server-face.ts";
import type { Terminal } from "./terminal.ts";

/** One option as it is parsed, shown in help and written to the reference. */
export interface OptionSpec {
  /** As help shows it: `-n, --number <count>`. */
  readonly flags: string;
  readonly summary: string;
  /** A whole number from 1 is asked for. */
  readonly count?: true;
  readonly choices?: readonly string[];
  /** May be given several times; the values are collected. */
  readonly repeat?: true;
}

export interface ArgumentSpec {
  /** `<id>` where it is needed, `[id]` where not, `[id...]` for any number of them. */
  readonly name: string;
  readonly summary: string;
  /** What a shell offers for it. */
  readonly completes?: Completes;
}

/** Things that are there to choose from, looked up when a shell asks. */
export type Completes = "artifact" | "operation" | "conflict" | "branch" | "pin" | "kind" | "code" | "shell";

interface Example {
  readonly cmd: string;
  readonly summary: string;
}

/** What a command takes: data, so that parser, help, completion and reference cannot differ. */
export interface CommandSpec {
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
  /** A few sentences for `--help` and the reference. */
  readonly about: string;
  /** It may go through every file of a collection, with its content. */
  readonly takesMany?: true;
}

/** What a command is called with. */
export interface Call {
  readonly environment: Environment;
  /** Claims, scope, consent: what every use case takes. */
  readonly options: CallOptions;
  readonly input: Input;
  readonly terminal: Terminal;
  /** Whether the answer goes out as JSON: then nothing else may be printed on standard output. */
  readonly json: boolean;
  readonly startServer: StartServer;
  /** Every command there is: completion offers them. */
  readonly commands: readonly CommandEntry[];
}

/** What a command hands back; the runner prints it in the form that was asked for. */
export interface CommandOutcome {
  /** `data` of the envelope. */
  readonly data: unknown;
  readonly notices: readonly Notice[];
  readonly next: readonly string[];
  readonly exit: number;
  /** For people: bytes go out as they are, text in the look of the screen that it is for. */
  readonly shown: Uint8Array | ((screen: Screen) => string);
}

/** What a file in `commands/` exports. */
interface CommandModule {
  readonly spec: CommandSpec;
  readonly run: (call: Call) => Promise<CommandOutcome>;
}

/** Exit code of an answer that waits for a decision. */
const exitNeedsDecision = 4;
/** Exit code of `--exit-code` where changes exist. */
export const exitChangesExist = 3;

/** An outcome from the answer of a use case: exit 0, or 4 where something waits for a decision. */
export function outcomeOf<Data>(
  answer: Answer<Data>,
  shown: CommandOutcome["shown"],
  extra: Partial<Pick<CommandOutcome, "exit" | "data">> = {},
): CommandOutcome {
  return {
    data: answer.data,
    notices: answer.notices,
    next: answer.next,
    exit: answer.needsDecision ? exitNeedsDecision : 0,
    shown,
    ...extra,
  };
}

type CommandGroup =
  | "start"
  | "edit"
  | "upstream"
  | "history"
  | "undo"
  | "runtimes"
  | "branches"
  | "care"
  | "shell";

/** A command as help and completion list it. Light on purpose: the command itself is loaded when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly group: CommandGroup;
  readonly summary: string;
  /** Whether it can change history or files: an interruption then waits for what has begun. */
  readonly changes: boolean;
  /** Ctrl-C is how it ends: there is nothing to say of it. */
  readonly endsByInterrupt?: true;
  /** Exit code of every error, where the low ones mean something else to those who call it. */
  readonly errorExit?: number;
  readonly load: () => Promise<CommandModule>;
}

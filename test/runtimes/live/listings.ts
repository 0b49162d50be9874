import type { ArtifactKind } from "../../../src/domain/artifact-kinds.ts";

/** How a tool is asked what it sees, without network and without a login. */
export interface Listing {
  readonly kinds: readonly ArtifactKind[];
  /** The program and its words; programs lie below `node_modules`. */
  readonly command: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Where it prints them; its standard output, if not given. */
  readonly on?: "stdout" | "stderr";
  /** The names of one kind in what it prints, each as often as it is shown. */
  readonly names: (printed: string, kind: ArtifactKind) => readonly string[];
}

/** A runtime whose tool is on npm. */
export interface LiveTool {
  /** The runtime's id in the table. */
  readonly runtime: string;
  readonly packages: readonly string[];
  /** Settings without which it answers nothing, by path in the home folder. */
  readonly home?: Readonly<Record<string, string>>;
  readonly listings: readonly Listing[];
  /** What cannot be asked, and why. */
  readonly silent: readonly { readonly kind: ArtifactKind; readonly why: string }[];
}

const here = `${process.platform}-${process.arch}`;

export const liveTools: readonly LiveTool[] = [
  {
    runtime: "claude",
    packages: ["@anthropic-ai/claude-code"],
    listings: [
      {
        // Says what it loaded before it finds that nobody is logged in.
        kinds: ["skill", "agent", "command"],
        command: [
          `@anthropic-ai/claude-code-${here}/claude`,
          ...["-p", "--output-format", "stream-json", "--verbose", "hello"],
        ],
        names: claudeNames,
      },
      {
        kinds: ["mcp"],
        command: [`@anthropic-ai/claude-code-${here}/claude`, "mcp", "list"],
        names: (printed) => matches(printed, /^([\w-]+): /gm),
      },
    ],
    silent: [
      { kind: "rule", why: "instructions are loaded with a session, and its first line does not list them" },
    ],
  },
  {
    runtime: "codex",
    packages: ["@openai/codex"],
    listings: [
      {
        kinds: ["skill", "rule"],
        command: [".bin/codex", "debug", "prompt-input", "hello"],
        names: (printed, kind) =>
          kind === "rule"
            ? matches(printed, /# (AGENTS)\.md instructions/g)
            : matches(printed, /\\n- ([\w-]+): [^\\]*\(file: (?:[^\\)]*)\)/g),
      },
      {
        kinds: ["mcp"],
        command: [".bin/codex", "mcp", "list", "--json"],
        names: (printed) => matches(printed, /"name": "([^"]+)"/g),
      },
    ],
    silent: [{ kind: "agent", why: "Codex lists agents of a session alone, and a session asks for a login" }],
  },
  {
    runtime: "gemini",
    packages: ["@google/gemini-cli"],
    listings: [
      {
        kinds: ["skill"],
        command: [".bin/gemini", "skills", "list"],
        variables: { GEMINI_CLI_TRUST_WORKSPACE: "true" },
        names: (printed) => matches(printed, /^(\S+) \[Enabled\]/gm),
      },
      {
        kinds: ["mcp"],
        command: [".bin/gemini", "mcp", "list"],
        variables: { GEMINI_CLI_TRUST_WORKSPACE: "true" },
        names: (printed) => matches(printed, /^. ([\w-]+): /gmu),
      },
    ],
    silent: [
      { kind: "agent", why: "Gemini CLI lists agents in a session alone, and a session asks for a login" },
      {
        kind: "command",
        why: "Gemini CLI lists commands in a session alone, and a session asks for a login",
      },
      { kind: "rule", why: "Gemini CLI shows its memory in a session alone, and a session asks for a login" },
    ],
  },
  {
    runtime: "opencode",
    packages: ["opencode-ai"],
    listings: [
      {
        kinds: ["skill"],
        command: [`opencode-${here}/bin/opencode`, "debug", "skill"],
        names: (printed) => matches(printed, /^ {4}"name": "([^"]+)"/gm),
      },
      {
        kinds: ["agent"],
        command: [`opencode-${here}/bin/opencode`, "agent", "list"],
        names: (printed) => matches(printed, /^(\S+) \(\w+\)/gm),
      },
      {
        kinds: ["command", "mcp"],
        command: [`opencode-${here}/bin/opencode`, "debug", "config"],
        names: (printed, kind) => keysOf(printed, kind),
      },
    ],
    silent: [
      { kind: "rule", why: "OpenCode reads AGENTS.md with a session, and a session asks for a model" },
    ],
  },
  {
    runtime: "copilot",
    packages: ["@github/copilot"],
    listings: [
      {
        kinds: ["skill"],
        command: [".bin/copilot", "skill", "list"],
        names: (printed) => matches(printed, /^ {2}([\w-]+) - /gm),
      },
      {
        kinds: ["rule"],
        command: [".bin/copilot", "instruction", "list"],
        names: (printed) => matches(printed, /• (?:\S*\/)?(AGENTS)\.md/g),
      },
      {
        kinds: ["mcp"],
        command: [".bin/copilot", "mcp", "list"],
        names: (printed) => matches(printed, /^ {2}([\w-]+) \(/gm),
      },
    ],
    silent: [
      { kind: "agent", why: "Copilot CLI names its agents in a session alone, and that asks for a login" },
    ],
  },
  {
    runtime: "kimi",
    packages: ["@moonshot-ai/kimi-code"],
    // A model that is nowhere: it is asked for before the agents are looked up, and never called.
    home: {
      ".kimi-code/config.toml": `default_model = "none"
[providers.none]
type = "openai"
base_url = "http://127.0.0.1:9"
api_key = "none"
[models.none]
provider = "none"
model = "none"
max_context_size = 100000
`,
    },
    listings: [
      {
        // An agent that there is not is answered with those that there are.
        kinds: ["agent"],
        command: [".bin/kimi", "--agent", "no-such-agent", "-p", "hello"],
        on: "stderr",
        names: (printed) => (/Available profiles: (.*)/.exec(printed)?.[1] ?? "").split(", "),
      },
    ],
    silent: [
      { kind: "skill", why: "Kimi Code lists skills in its own screen alone" },
      { kind: "rule", why: "Kimi Code reads AGENTS.md with a session, and a session asks for a model" },
    ],
  },
  {
    runtime: "amp",
    packages: ["@ampcode/cli"],
    listings: [],
    silent: (["skill", "rule", "mcp"] as const).map((kind) => ({
      kind,
      why: "every command of Amp that lists something begins with a login",
    })),
  },
];

/** Tools of the table that npm does not have: said aloud, so that nobody takes silence for agreement. */
export const notOnNpm: Readonly<Record<string, string>> = {
  cursor: "Cursor is an editor with an installer of its own",
  "antigravity-cli": "Antigravity CLI has an installer of its own",
  antigravity: "Antigravity is an editor with an installer of its own",
  devin: "Devin is a desktop program with an installer of its own",
  goose: "Goose is a program of its own, built in Rust",
  zed: "Zed is an editor with an installer of its own",
};

function matches(printed: string, pattern: RegExp): readonly string[] {
  return [...printed.matchAll(pattern)].map((found) => found[1] ?? "");
}

function claudeNames(printed: string, kind: ArtifactKind): readonly string[] {
  const first: unknown = JSON.parse(printed.slice(0, printed.indexOf("\n")));
  const list = { skill: "skills", agent: "agents", command: "slash_commands" }[String(kind)] ?? "";
  if (typeof first !== "object" || first === null || !(list in first)) return [];
  const found: unknown = Reflect.get(first, list);
  return Array.isArray(found) ? found.map(String) : [];
}

function keysOf(printed: string, key: string): readonly string[] {
  const value: unknown = JSON.parse(printed);
  const table: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : null;
  return typeof table === "object" && table !== null ? Object.keys(table) : [];
}

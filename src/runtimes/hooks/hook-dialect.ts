/** How one runtime writes hooks, as data. */
export interface HookDialect {
  readonly title: string;
  /** Its names of Claude Code's events; null where it has them all under the same names. */
  readonly events: Readonly<Record<string, string>> | null;
  /** Its names of Claude Code's tools; null where they are the same, `unknown` where nobody says what they are. */
  readonly tools: Readonly<Record<string, string>> | "unknown" | null;
  /** What stands for everything. */
  readonly anyMatcher: string | null;
  /** The handler's field that carries stet's mark; null where the whole place is stet's. */
  readonly mark: string | null;
  /** Whether handlers of all types, with all their fields, are as in Claude Code. */
  readonly allHandlers: boolean;
  readonly timeout: { readonly key: string; readonly perSecond: number };
  /** The longest that a handler of an event may take there, in seconds. */
  readonly secondsMost: Readonly<Record<string, number>>;
  /** `groups`: rules with a list of handlers. `flat`: each handler with its matcher. `entries`: each with its event as well. */
  readonly layout: "groups" | "flat" | "entries";
  /** The key of the command line. */
  readonly command: string;
  /** What each handler says of its type; null where it may not say it. */
  readonly type: "command" | null;
}

/** Events whose matcher names tools. */
export const toolEvents: readonly string[] = [
  "PreToolUse",
  "PostToolUse",
  "PostToolUseFailure",
  "PermissionRequest",
  "PermissionDenied",
];

const claudeLike = {
  tools: null,
  anyMatcher: "",
  mark: "statusMessage",
  timeout: { key: "timeout", perSecond: 1 },
  secondsMost: {},
  layout: "groups",
  command: "command",
  type: "command",
} as const;

export const claudeHooks: HookDialect = {
  ...claudeLike,
  title: "Claude Code",
  events: null,
  allHandlers: true,
};

/** Sources for Codex, Gemini CLI and Kimi Code: RUNTIMES.md 2.8. */
export const codexHooks: HookDialect = {
  ...claudeLike,
  title: "Codex",
  events: alike([
    "SessionStart",
    "SessionEnd",
    "SubagentStart",
    "PreToolUse",
    "PermissionRequest",
    "PostToolUse",
    "PreCompact",
    "PostCompact",
    "UserPromptSubmit",
    "SubagentStop",
    "Stop",
  ]),
  allHandlers: false,
  secondsMost: { SessionEnd: 3 },
};

export const geminiHooks: HookDialect = {
  ...claudeLike,
  title: "Gemini CLI",
  events: {
    ...alike(["SessionStart", "SessionEnd", "Notification"]),
    PreToolUse: "BeforeTool",
    PostToolUse: "AfterTool",
    PreCompact: "PreCompress",
    UserPromptSubmit: "BeforeAgent",
    Stop: "AfterAgent",
  },
  tools: {
    Bash: "run_shell_command",
    Edit: "replace",
    MultiEdit: "replace",
    Write: "write_file",
    Read: "read_file",
  },
  anyMatcher: "*",
  mark: "name",
  allHandlers: false,
  timeout: { key: "timeout", perSecond: 1000 },
};

export const kimiHooks: HookDialect = {
  ...claudeLike,
  title: "Kimi Code",
  events: alike(["SessionStart", "PreToolUse", "PostToolUse", "UserPromptSubmit", "Stop"]),
  tools: {
    Bash: "Shell",
    Read: "ReadFile",
    Write: "WriteFile",
    Edit: "StrReplaceFile",
    MultiEdit: "StrReplaceFile",
  },
  anyMatcher: null,
  // A field beyond these four keeps the whole file from being loaded, so that nothing can carry a mark.
  mark: null,
  allHandlers: false,
  layout: "entries",
  type: null,
};

/** Sources: docs.github.com, hooks reference of Copilot CLI; microsoft/vscode, copilot-customizations-spec.md. */
export const copilotHooks: HookDialect = {
  ...claudeLike,
  title: "GitHub Copilot",
  events: {
    SessionStart: "sessionStart",
    SessionEnd: "sessionEnd",
    UserPromptSubmit: "userPromptSubmitted",
    PreToolUse: "preToolUse",
    PostToolUse: "postToolUse",
    Stop: "agentStop",
    SubagentStart: "subagentStart",
    SubagentStop: "subagentStop",
    PreCompact: "preCompact",
  },
  tools: "unknown",
  anyMatcher: null,
  mark: null,
  allHandlers: false,
  timeout: { key: "timeoutSec", perSecond: 1 },
  layout: "flat",
  command: "bash",
};

function alike(events: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(events.map((event) => [event, event]));
}

import type { CommandModule } from "./command-spec.ts";

/** A command as help and completion list it. Light on purpose: the command itself is loaded when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly group: CommandGroup;
  readonly summary: string;
  /** Whether it can change history or files: an interruption then waits for what has begun. */
  readonly changes: boolean;
  readonly load: () => Promise<CommandModule>;
}

export const commandGroups = {
  start: "Start",
  edit: "Write and edit",
  history: "Look back",
  undo: "Take back",
  runtimes: "Runtimes",
  branches: "Branches and conflicts",
  care: "Care",
  shell: "Shell and scripts",
} as const;
export type CommandGroup = keyof typeof commandGroups;

export const commandTable: readonly CommandEntry[] = [
  {
    name: "status",
    group: "start",
    summary: "what differs, and which side moved",
    changes: false,
    load: () => import("./commands/status.ts"),
  },
  {
    name: "list",
    group: "start",
    summary: "the artifacts that are kept here",
    changes: false,
    load: () => import("./commands/list.ts"),
  },
  {
    name: "log",
    group: "history",
    summary: "who changed what, newest first",
    changes: false,
    load: () => import("./commands/log.ts"),
  },
  {
    name: "cat",
    group: "history",
    summary: "print a file as it is or was, and nothing else",
    changes: false,
    load: () => import("./commands/cat.ts"),
  },
  {
    name: "undo",
    group: "undo",
    summary: "take a change back, and keep what came later",
    changes: true,
    load: () => import("./commands/undo.ts"),
  },
  {
    name: "redo",
    group: "undo",
    summary: "bring back what was undone",
    changes: true,
    load: () => import("./commands/redo.ts"),
  },
  {
    name: "revert",
    group: "undo",
    summary: "take one old change out",
    changes: true,
    load: () => import("./commands/revert.ts"),
  },
  {
    name: "restore",
    group: "undo",
    summary: "bring a file or everything back to an earlier state",
    changes: true,
    load: () => import("./commands/restore.ts"),
  },
  {
    name: "sync",
    group: "runtimes",
    summary: "bring store and runtimes together where one side moved",
    changes: true,
    load: () => import("./commands/sync.ts"),
  },
  {
    name: "push",
    group: "runtimes",
    summary: "write the runtimes' copies",
    changes: true,
    load: () => import("./commands/push.ts"),
  },
  {
    name: "pull",
    group: "runtimes",
    summary: "take the runtimes' edits in",
    changes: true,
    load: () => import("./commands/pull.ts"),
  },
  {
    name: "verify",
    group: "care",
    summary: "hash every object again and follow every reference",
    changes: false,
    load: () => import("./commands/verify.ts"),
  },
  {
    name: "completion",
    group: "shell",
    summary: "print the completion script of a shell",
    changes: false,
    load: () => import("./commands/completion.ts"),
  },
  {
    name: "explain",
    group: "shell",
    summary: "say what an error code means",
    changes: false,
    load: () => import("./commands/explain.ts"),
  },
];

export function findCommand(name: string): CommandEntry | undefined {
  return commandTable.find((entry) => entry.name === name);
}

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
    name: "init",
    group: "start",
    summary: "find what is here, show a plan, and import it once confirmed",
    changes: true,
    load: () => import("./commands/init.ts"),
  },
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
    name: "save",
    group: "edit",
    summary: "keep what changed on disk, with a message",
    changes: true,
    load: () => import("./commands/save.ts"),
  },
  {
    name: "new",
    group: "edit",
    summary: "start an artifact",
    changes: true,
    load: () => import("./commands/new.ts"),
  },
  {
    name: "edit",
    group: "edit",
    summary: "open an artifact in your editor",
    changes: true,
    load: () => import("./commands/edit.ts"),
  },
  {
    name: "mv",
    group: "edit",
    summary: "rename an artifact; its history goes with it",
    changes: true,
    load: () => import("./commands/mv.ts"),
  },
  {
    name: "rm",
    group: "edit",
    summary: "remove an artifact; it stays in history",
    changes: true,
    load: () => import("./commands/rm.ts"),
  },
  {
    name: "log",
    group: "history",
    summary: "who changed what, newest first",
    changes: false,
    load: () => import("./commands/log.ts"),
  },
  {
    name: "show",
    group: "history",
    summary: "one operation, version or conflict in full",
    changes: false,
    load: () => import("./commands/show.ts"),
  },
  {
    name: "cat",
    group: "history",
    summary: "print a file as it is or was, and nothing else",
    changes: false,
    load: () => import("./commands/cat.ts"),
  },
  {
    name: "diff",
    group: "history",
    summary: "the difference between two states",
    changes: false,
    load: () => import("./commands/diff.ts"),
  },
  {
    name: "blame",
    group: "history",
    summary: "who wrote each line",
    changes: false,
    load: () => import("./commands/blame.ts"),
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
    name: "conflicts",
    group: "branches",
    summary: "what waits for a decision",
    changes: false,
    load: () => import("./commands/conflicts.ts"),
  },
  {
    name: "resolve",
    group: "branches",
    summary: "settle a conflict",
    changes: true,
    load: () => import("./commands/resolve.ts"),
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

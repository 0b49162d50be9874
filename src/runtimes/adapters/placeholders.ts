/**
 * What a command's text does with its arguments, with commands and with files, in each dialect.
 *
 * Canonical (Claude Code): `$ARGUMENTS`, `$0` and `$ARGUMENTS[0]` counted from 0, !`command`, `@file`. Replacements
 * are made by function, never by a text that could itself be read as a pattern (BUGS F2).
 */
import type { DroppedField } from "./adapter.ts";
import type { TextCodec } from "./dialect.ts";

const positional = /\$(?:\d|ARGUMENTS\[)/;
const shell = /!`[^`\n]+`/;
/** A file to bring in; a mere mention (`@alice`) has neither slash nor dot. */
const file = /(^|\s)@((?:[\w~-]|\.(?=\w)|\/)*[./][\w./-]*\w)/g;

/** Gemini CLI: `{{args}}`, `!{command}`, `@{file}`. Source: gemini-cli, custom-commands.md. */
export const geminiText: TextCodec = {
  toTarget: (text) =>
    text
      .replace(/\$ARGUMENTS(?!\[)/g, () => "{{args}}")
      .replace(/!`([^`\n{}]+)`/g, (_, command: string) => `!{${command}}`)
      .replace(file, (_, before: string, path: string) => `${before}@{${path}}`),
  toCanonical: (text) =>
    text
      .replace(/\{\{args\}\}/g, () => "$ARGUMENTS")
      .replace(/!\{([^`\n{}]+)\}/g, (_, command: string) => `!\`${command}\``)
      .replace(/(^|\s)@\{([^{}\s]+)\}/g, (_, before: string, path: string) => `${before}@${path}`),
  lost: (text) => lostParts(text, "Gemini CLI", { positional }),
};

/** GitHub Copilot in VS Code: `${input:name}`. Source: VS Code's documentation of prompt files. */
export const copilotText: TextCodec = {
  toTarget: (text) =>
    text
      .replace(/\$ARGUMENTS(?!\[)/g, () => `\${input:arguments}`)
      .replace(/\$(\d)(?!\d)/g, (_, digit: string) => `\${input:argument${digit}}`),
  toCanonical: (text) =>
    text
      .replace(/\$\{input:arguments\}/g, () => "$ARGUMENTS")
      .replace(/\$\{input:argument(\d)\}/g, (_, digit: string) => `$${digit}`),
  lost: (text) => lostParts(text, "GitHub Copilot", { shell }),
};

/** OpenCode counts from 1. Source: opencode.ai, commands. */
export const opencodeText: TextCodec = {
  toTarget: (text) => text.replace(/\$([0-8])(?!\d)/g, (_, digit: string) => `$${Number(digit) + 1}`),
  toCanonical: (text) => text.replace(/\$([1-9])(?!\d)/g, (_, digit: string) => `$${Number(digit) - 1}`),
  lost: (text) => lostParts(text, "OpenCode", { indexed: /\$ARGUMENTS\[/ }),
};

/** Cursor adds what is typed after a command to its end, and has no words for it. */
export const cursorText: TextCodec = {
  toTarget: (text) => text,
  toCanonical: (text) => text,
  lost: (text) => lostParts(text, "Cursor", { arguments: /\$ARGUMENTS/, positional, shell }),
};

const reasons = {
  arguments: ["$ARGUMENTS", "has no word for arguments: what is typed is added at the end"],
  positional: ["$0", "does not take arguments one by one"],
  indexed: ["$ARGUMENTS[0]", "takes arguments one by one as `$1`, `$2`"],
  shell: ["!`...`", "does not run commands while it reads one"],
} as const;

function lostParts(
  text: string,
  title: string,
  patterns: Readonly<Partial<Record<keyof typeof reasons, RegExp>>>,
): readonly DroppedField[] {
  return (["arguments", "positional", "indexed", "shell"] as const).flatMap((name) => {
    const [field, why] = reasons[name];
    return patterns[name]?.test(text) === true ? [{ field, why: `${title} ${why}` }] : [];
  });
}

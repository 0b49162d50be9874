import type { FormatDocument } from "../../formats/format-value.ts";
import { jsoncDocument } from "../../formats/jsonc-document.ts";
import { decodeText } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { yamlDocument } from "../../formats/yaml-document.ts";
import type { RuntimePlace } from "../table/runtime.ts";

export interface SettingsContent {
  readonly text: string;
  readonly value: unknown;
}

/** A shared file that was read; `value` is undefined where there is nothing in it. */
export type SettingsFile =
  | ({ readonly outcome: "read" } & SettingsContent)
  /** It is not what it should be: reported, and left alone byte for byte. */
  | { readonly outcome: "problem"; readonly why: string };

/** Reading and editing of a place's format. Settings of every runtime may hold comments, in `.json` as well. */
export function settingsDocument({ format }: Pick<RuntimePlace, "format">): FormatDocument {
  return format === "toml" ? tomlDocument : format === "yaml" ? yamlDocument : jsoncDocument;
}

/** What an absent or empty file of a format begins with. */
export function emptyText({ format }: Pick<RuntimePlace, "format">): string {
  return format === "json" ? "{}\n" : "";
}

export function readSettings(place: RuntimePlace, bytes: Uint8Array): SettingsFile {
  const text = decodeText(bytes);
  if (text === null) return { outcome: "problem", why: "it is not UTF-8 text" };
  if (text.trim() === "") return { outcome: "read", text, value: undefined };
  const { value, problem } = settingsDocument(place).parse(text);
  if (problem !== null) {
    const { line, message } = problem;
    return {
      outcome: "problem",
      why: `it is not valid ${formatNames[place.format]} (line ${line}: ${message})`,
    };
  }
  const shape = place.slot?.read(value, true, text);
  if (typeof shape === "string") return { outcome: "problem", why: shape };
  return { outcome: "read", text, value };
}

const formatNames = { json: "JSON", toml: "TOML", yaml: "YAML", markdown: "text" } as const;

/** The shared files of a target, by path. */
export interface SettingsLook {
  /** What keeps a file from being read or written. */
  readonly problems: ReadonlyMap<string, string>;
  /** What the other files hold, stet's keys and everybody else's; undefined for nothing. */
  readonly values: ReadonlyMap<string, unknown>;
}

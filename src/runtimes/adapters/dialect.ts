import type { FieldValue } from "../../formats/markdown-document.ts";
import type { DroppedField } from "./adapter.ts";
import { plainText } from "./body-splice.ts";
import type { Container } from "./container.ts";

/** One key on one side. What it says goes along as a text, equal for equal meaning. */
export interface KeyCodec {
  readonly key: string;
  /** The text; null where the value says nothing, undefined where it cannot be carried. */
  readonly read: (value: unknown) => string | null | undefined;
  readonly write: (text: string) => FieldValue;
}

/** A field that goes along, under a key of its own on each side. */
export interface CarriedField {
  readonly name: string;
  readonly canonical: KeyCodec;
  readonly target: KeyCodec;
  /** stet owns the target's key only while the canonical file has something that the runtime knows. */
  readonly soft?: true;
  /** The target's value that says what an absent key says in the canonical file. */
  readonly absent?: FieldValue;
}

/** Arguments, commands and files in a text, as each side writes them. */
export interface TextCodec {
  /** The text as the runtime understands it. A text that does not come back the same is not written. */
  readonly toTarget: (text: string) => string;
  readonly toCanonical: (text: string) => string;
  /** What of the text the runtime does not understand: it stays as it stands, and is named. */
  readonly lost: (text: string) => readonly DroppedField[];
}

/** What a runtime's files of one kind can say. Data, with small pure functions where a value differs. */
export interface Dialect {
  /** The runtime's title, for messages. */
  readonly title: string;
  readonly container: Container;
  readonly carried: readonly CarriedField[];
  /** Names of those among `carried` that the runtime does not load a file without. */
  readonly required: readonly string[];
  /** What a name has to be, where the runtime skips a file of another one. */
  readonly names?: { readonly pattern: RegExp; readonly why: string };
  /** Keys that a new file begins with; from then on they are the target's own. */
  readonly initial: Readonly<Record<string, FieldValue>>;
  /** Keys that follow from the carried fields: written with a new file and whenever what they follow from changes. */
  readonly derived?: (fields: Readonly<Record<string, string>>) => Readonly<Record<string, FieldValue>>;
  /** Why a field stays behind, where there is more to say than that the runtime has no such key. */
  readonly reasons: Readonly<Record<string, string>>;
  /** Text that means something else to the runtime, and why: an artifact that has it is not written. */
  readonly refused: readonly { readonly pattern: RegExp; readonly why: string }[];
  readonly text?: TextCodec;
  /** The runtime reads frontmatter that is not quite YAML (`globs: *.ts`), as its users write it. */
  readonly lenient?: true;
}

/** A text under the same key on both sides. */
export function textField(name: string): CarriedField {
  const codec = textKey(name);
  return { name, canonical: codec, target: codec };
}

function textKey(key: string): KeyCodec {
  return { key, read: readText, write: (text) => text };
}

function readText(value: unknown): string | null | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value !== "string") return undefined;
  const plain = plainText(value).trim();
  return plain === "" ? null : plain;
}

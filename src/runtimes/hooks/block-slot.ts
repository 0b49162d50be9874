/**
 * Stet's rules in a TOML file that takes no mark inside them: `[[hooks]]` between two lines of comment.
 *
 * Invariants:
 * - no byte outside the two lines changes, save for the line ends that part the block from what was before it;
 * - a line counts only where it is a comment: inside a text of several lines it is the user's.
 */
import {
  type EditResult,
  type FormatValue,
  isList,
  isRecord,
  refused,
  sameValue,
} from "../../formats/format-value.ts";
import { textShape } from "../../formats/text-shape.ts";
import { tomlDocument } from "../../formats/toml-document.ts";
import { writeToml } from "../../formats/toml-write.ts";
import type { KeySlot } from "../settings/key-slot.ts";
import { formatValue } from "../settings/key-value.ts";
import { inReadingOrder } from "./reading-order.ts";

const first = "# stet hooks: what stands up to the end mark is written by stet";
const last = "# stet hooks: end";

export const blockSlot: KeySlot = {
  container: [],
  parents: () => [],
  read(value, _whole, text) {
    if (value !== undefined && !isRecord(value)) return "it is not an object of keys";
    if (value?.hooks !== undefined && !isList(value.hooks)) return "its `hooks` are not a list";
    const block = blockOf(text);
    if (block === null) return new Map();
    if (block === "broken") return "one of the two marks around the hooks of stet is gone";
    const hooks = formatValue(record(tomlDocument.parse(text.slice(block.start, block.end)).value).hooks);
    return new Map(hooks === undefined ? [] : [["hooks", hooks]]);
  },
  write(_document, text, _name, value) {
    const block = blockOf(text);
    if (block === "broken") return refused("one of the two marks around the hooks of stet is gone");
    const { lineEnd } = textShape(text);
    const without = block === null ? text : withoutBlock(text, block);
    if (value === undefined) return { ok: true, text: without };
    const written = writeToml({ hooks: inReadingOrder(value) });
    if (!written.ok) return written;
    const rendered = `${first}\n${written.text.trim()}\n${last}`.replaceAll("\n", lineEnd);
    const edited =
      block === null
        ? appended(text, rendered, lineEnd)
        : text.slice(0, block.start) + rendered + text.slice(block.end);
    return proved(without, edited, value);
  },
};

interface Block {
  readonly start: number;
  readonly end: number;
}

function blockOf(text: string): Block | "broken" | null {
  if (!text.includes("# stet hooks: ")) return null;
  const comments = tomlDocument.open(text)?.layout().comments ?? [];
  const at = (line: string) => comments.find(({ start, end }) => text.slice(start, end).trimEnd() === line);
  const from = at(first);
  const to = at(last);
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined || to.start < from.start) return "broken";
  return { start: from.start, end: to.start + last.length };
}

function appended(text: string, block: string, lineEnd: string): string {
  if (text.trim() === "") return `${text}${block}${lineEnd}`;
  // A text without final newline stays without, so that taking the block out gives it back.
  return text.endsWith("\n") ? `${text}${lineEnd}${block}${lineEnd}` : `${text}${lineEnd}${lineEnd}${block}`;
}

/** The text without the block and the line ends that `appended` put around it. */
function withoutBlock(text: string, { start, end }: Block): string {
  const before = text.slice(0, start);
  const behind = text.slice(end);
  const isLast = behind.trim() === "";
  if (!isLast) return before + behind.replace(/^\r?\n/, "");
  if (before === "") return "";
  const ends = behind === "" ? /(?:\r?\n){2}$/ : /\r?\n$/;
  return before.replace(ends, "");
}

/** The whole file must say what was meant: an inline list of hooks, for one, cannot be added to like this. */
function proved(without: string, text: string, value: FormatValue): EditResult {
  const { value: now, problem } = tomlDocument.parse(text);
  if (problem !== null) return { ok: false, problem };
  const before = record(tomlDocument.parse(without).value);
  const all = [...list(before.hooks), ...list(value)];
  const hooks = list(record(now).hooks);
  const isSame =
    hooks.length === all.length && all.every((one) => hooks.some((other) => sameValue(one, other)));
  return isSame ? { ok: true, text } : refused("the hooks cannot be added to the ones that are there");
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}

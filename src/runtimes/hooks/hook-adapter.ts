/**
 * Hook sets between the canonical file and one runtime's form. Rules that a runtime cannot express, and those
 * that a rule of the user's stands in for, are no difference: they stay in the canonical file.
 */
import { type HookRule, readHookSet } from "../../artifacts/hook-set.ts";
import { regularMode } from "../../domain/files.ts";
import { type FormatValue, isRecord, type KeyEdit, sameValue } from "../../formats/format-value.ts";
import { jsoncDocument, writeJson } from "../../formats/jsonc-document.ts";
import { decodeText, encodeText } from "../../formats/text-shape.ts";
import type {
  ArtifactAdapter,
  FileContent,
  FileContents,
  ParseInput,
  Parsing,
  RenderInput,
  Rendering,
} from "../adapters/adapter.ts";
import { decodeKeyValue, encodeKeyValue, formatValue } from "../settings/key-value.ts";
import { mapAt } from "../settings/map-slot.ts";
import type { HookDialect } from "./hook-dialect.ts";
import { readRule } from "./read-rules.ts";
import { ownedRules } from "./rule-slot.ts";
import { ruleValue, type UserRule, valuesOf, type WrittenRules, writeRules } from "./write-rules.ts";

export function hookAdapter(dialect: HookDialect): ArtifactAdapter {
  return {
    render: (input) => render(input, dialect),
    parse: (input) => parse(input, dialect),
    // Values are compared by their bytes: equal ones have equal bytes.
    meaning: () => null,
    hasMeaning: () => false,
    keepsMode: false,
  };
}

function render({ files, targetPath, around, present }: RenderInput, dialect: HookDialect): Rendering {
  const [first] = files;
  if (first === undefined) return { outcome: "blocked", why: "there is no file" };
  const [path, content] = first;
  const canonical = readCanonical(content);
  if (typeof canonical === "string") return { outcome: "blocked", why: canonical };
  const { rules, dropped } = writeRules(canonical.rules, dialect, userRules(around, present, dialect));
  const value = ruleValue(rules, dialect);
  const rendered: FileContents =
    value === undefined
      ? new Map()
      : new Map([[targetPath(path), { bytes: encodeKeyValue(value), mode: regularMode }]]);
  return { outcome: "rendered", files: rendered, fresh: rendered, dropped };
}

interface Canonical {
  readonly text: string;
  readonly rules: readonly HookRule[];
}

function readCanonical({ bytes }: FileContent): Canonical | string {
  const text = decodeText(bytes);
  if (text === null) return "it is not UTF-8 text";
  const { value, problem } = jsoncDocument.parse(text);
  if (problem !== null) return `it is not valid JSON (line ${problem.line}: ${problem.message})`;
  const read = readHookSet(value);
  return read.outcome === "problem" ? read.why : { text, rules: read.rules };
}

/** The rules of the user's own in the file that stet's go into. */
function userRules(around: unknown, present: FileContents, dialect: HookDialect): readonly UserRule[] {
  const { layout, mark } = dialect;
  if (layout === "flat" || !isRecord(around)) return [];
  if (layout === "entries") {
    const [own] = present.values();
    const ours = valuesOf(own === undefined ? [] : decodeKeyValue(own.bytes), dialect);
    const all = valuesOf(around.hooks, dialect);
    return all.filter(({ value }) => !ours.some((one) => sameValue(one.value, value))).map(userRule);
  }
  const events = mapAt(around, ["hooks"]);
  if (typeof events === "string" || mark === null) return [];
  return valuesOf(ownedRules(events, null, mark), dialect).map(userRule);
}

function userRule({ event, value }: { readonly event: string; readonly value: unknown }): UserRule {
  return { event, matcher: isRecord(value) && typeof value.matcher === "string" ? value.matcher : "" };
}

function parse({ files, previous, canonicalPath }: ParseInput, dialect: HookDialect): Parsing {
  const [first] = files;
  const [before] = previous.values();
  if (first === undefined) return { outcome: "problem", why: "there is nothing to take in" };
  const [path, content] = first;
  const now = valuesOf(decodeKeyValue(content.bytes), dialect);
  const canonical = before === undefined ? null : readCanonical(before);
  if (typeof canonical === "string") return { outcome: "problem", why: canonical };
  const was = canonical === null ? { rules: [], dropped: [] } : writeRules(canonical.rules, dialect, []);
  const edits = ruleEdits(was, now, canonical?.rules ?? [], dialect);
  if (typeof edits === "string") return { outcome: "problem", why: edits };
  const edited =
    canonical === null ? writeJson({ hooks: newSet(edits) }) : jsoncDocument.edit(canonical.text, edits);
  const bytes = edited.ok ? encodeText(edited.text) : null;
  if (!edited.ok) return { outcome: "problem", why: edited.problem.message };
  if (bytes === null) return { outcome: "problem", why: "it cannot be written as text" };
  const file = { bytes, mode: before?.mode ?? regularMode };
  return { outcome: "parsed", files: new Map([[canonicalPath(path), file]]), foreign: [] };
}

/** The edits of canonical rules: changed ones in place, new ones last, removed ones gone. A text says why not. */
function ruleEdits(
  { rules }: WrittenRules,
  now: ReturnType<typeof valuesOf>,
  canonical: readonly HookRule[],
  dialect: HookDialect,
): readonly KeyEdit[] | string {
  const left = [...now];
  const gone = rules.filter((rule) => {
    const places = rule.values.map((value) =>
      left.findIndex((one) => one.event === rule.event && sameValue(one.value, value)),
    );
    if (places.some((at) => at < 0)) return true;
    for (const at of [...places].sort((one, other) => other - one)) left.splice(at, 1);
    return false;
  });
  const sets: KeyEdit[] = [];
  const removals: KeyEdit[] = [];
  for (const rule of gone) {
    const at = left.findIndex(({ event }) => event === rule.event);
    const path = ["hooks", rule.source.event, rule.source.at];
    const value = at < 0 ? undefined : canonicalRule(left.splice(at, 1)[0], dialect);
    if (typeof value === "string") return value;
    if (value === undefined) removals.unshift({ path, value });
    else sets.push({ path, value: value.group });
  }
  const lengths = new Map<string, number>();
  for (const { event } of canonical) lengths.set(event, (lengths.get(event) ?? 0) + 1);
  for (const one of left) {
    const value = canonicalRule(one, dialect);
    if (typeof value === "string") return value;
    const length = lengths.get(value.event) ?? 0;
    lengths.set(value.event, length + 1);
    sets.push({ path: ["hooks", value.event, length], value: value.group });
  }
  return [...sets, ...removals.sort(lastFirst)];
}

function lastFirst({ path: one }: KeyEdit, { path: other }: KeyEdit): number {
  return Number(other[2]) - Number(one[2]);
}

function canonicalRule(
  one: { readonly event: string; readonly value: unknown } | undefined,
  dialect: HookDialect,
): { readonly event: string; readonly group: FormatValue } | string {
  const read = readRule(one?.event ?? "", one?.value, dialect);
  if (read.outcome === "problem") return read.why;
  const { event, matcher, handlers } = read.rule;
  const group = formatValue({ ...(matcher === "" ? {} : { matcher }), hooks: handlers });
  return group === undefined ? "a rule holds what JSON cannot" : { event, group };
}

function newSet(edits: readonly KeyEdit[]): FormatValue {
  const events: Record<string, FormatValue[]> = {};
  for (const { path, value } of edits) {
    const event = String(path[1]);
    if (value !== undefined) events[event] = [...(events[event] ?? []), value];
  }
  return events;
}

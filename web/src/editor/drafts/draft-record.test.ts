import { describe, expect, test } from "vitest";
import { openedOn } from "../session/editor-reducer.ts";
import type { Draft } from "../session/editor-state.ts";
import {
  type DraftPlace,
  type DraftRecord,
  draftKey,
  isOfArtifact,
  orphanedDrafts,
  recordOf,
} from "./draft-record.ts";

const place: DraftPlace = { kind: "skills", name: "lamps", collection: "c1", scope: "project", tab: "t1" };
const base = { version: "v1", mtimeNs: "1", text: "old", actor: null, at: null };
const draft = (text: string, at: number): Draft => ({ text, base, at });
const record = (tab: string, typed: Draft | null, aside: readonly Draft[] = []): DraftRecord => ({
  ...place,
  tab,
  typed,
  aside,
});

describe("what is kept of an editor", () => {
  test("nothing where everything is saved; else the text and the version that it was typed on", () => {
    const clean = openedOn("skills/lamps/SKILL.md", base);
    expect(recordOf(place, clean, 1)).toBeNull();
    expect(recordOf(place, { ...clean, text: "new" }, 1)?.typed).toEqual({ text: "new", base, at: 1 });
    expect(recordOf(place, { ...clean, drafts: [draft("aside", 1)] }, 2)).toMatchObject({
      typed: null,
      aside: [{ text: "aside" }],
    });
  });

  test("the key knows the collection, the scope and the tab (BUGS S5)", () => {
    const keys = [
      place,
      { ...place, collection: "c2" },
      { ...place, scope: "local" },
      { ...place, tab: "t2" },
      { ...place, name: 'lamps","t1' },
    ].map(draftKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(isOfArtifact({ ...place, tab: "t9" }, place)).toBe(true);
    expect(isOfArtifact({ ...place, scope: "local" }, place)).toBe(false);
  });

  test("a tab that is open keeps its own; of those that are gone each text is offered once, the newest first", () => {
    const records = [
      record("alive", draft("theirs to keep", 9)),
      record("gone", draft("b", 2), [draft("a", 1)]),
      record("gone too", draft("a", 3)),
    ];
    const { drafts, records: orphans } = orphanedDrafts(records, new Set(["alive"]));
    expect(drafts.map(({ text, at }) => [text, at])).toEqual([
      ["a", 3],
      ["b", 2],
    ]);
    expect(orphans.map(({ tab }) => tab)).toEqual(["gone", "gone too"]);
  });
});

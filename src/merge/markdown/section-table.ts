import type { ThreeOf } from "../lines/three-way.ts";
import { matchSections } from "./match-sections.ts";
import type { SectionText } from "./section-text.ts";

/** One section as the three versions have it; null where it is absent. */
export type SectionRow = ThreeOf<SectionText | null>;

/** Which section of one version is which of another. */
export interface SectionTable {
  readonly rows: readonly SectionRow[];
  /** The rows that each version has, in its order. */
  readonly order: ThreeOf<readonly number[]>;
}

/** Puts the sections of three versions side by side. New ones of the same heading path on both sides are one row. */
export function sectionTable(sections: ThreeOf<readonly SectionText[]>): SectionTable {
  const rows: SectionRow[] = sections.base.map((base) => ({ base, yours: null, theirs: null }));
  const added = new Map<string, number>();
  const orderOf = (side: "yours" | "theirs"): readonly number[] => {
    const matches = matchSections(sections.base, sections[side]);
    const taken = new Set<number>();
    return sections[side].map((section, index) => {
      const known = matches[index] ?? added.get(section.name);
      const isFree = known !== undefined && !taken.has(known);
      const row = isFree ? known : rows.length;
      taken.add(row);
      rows[row] = { ...(rows[row] ?? { base: null, yours: null, theirs: null }), [side]: section };
      if (row >= sections.base.length && !added.has(section.name)) added.set(section.name, row);
      return row;
    });
  };
  const theirs = orderOf("theirs");
  const yours = orderOf("yours");
  return { rows, order: { base: [...sections.base.keys()], yours, theirs } };
}

import type { ThreeOf } from "../lines/three-way.ts";

/** What a line of Markdown is, as far as a merge has to know. */
export type LineKind =
  | "blank"
  | "heading"
  /** The first and last line of a code fence, and what is between them. */
  | "open"
  | "close"
  | "code"
  | "table"
  | "task"
  | "item"
  | "markup"
  | "prose";

/**
 * The kinds of these lines, the first of which is in no code fence. Where one is not sure it is `code` or `markup`,
 * whose words are never taken apart.
 */
export function lineKinds(lines: readonly string[]): readonly LineKind[] {
  let fence = "";
  return lines.map((line) => {
    const mark = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1] ?? "";
    if (fence !== "") {
      const closes = mark.startsWith(fence) && line.trimEnd().endsWith(mark);
      if (closes) fence = "";
      return closes ? "close" : "code";
    }
    fence = mark;
    return mark === "" ? kindOutsideCode(line) : "open";
  });
}

function kindOutsideCode(line: string): LineKind {
  const text = line.trim();
  if (text === "") return "blank";
  if (text.startsWith("|")) return "table";
  if (/^(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\]/.test(text)) return "task";
  if (/^(?:[-*+]|\d{1,9}[.)])[ \t]/.test(text)) return "item";
  if (/^(?: {4}|\t)/.test(line)) return "code";
  if (/^#{1,6}(?:[ \t]|$)/.test(text) || /^(?:=+|-{2,})$/.test(text)) return "heading";
  return /^(?:<|\[[^\]]*\]:|[-*_ ]{3,}$)/.test(text) ? "markup" : "prose";
}

/** Lines of which each stands for itself: members of a list or a table. */
export function isMember(kind: LineKind | undefined): boolean {
  return kind === "item" || kind === "task" || kind === "table";
}

/** The kinds of three versions' lines, each looked at once and only when it is asked for: few merges need them. */
export class KindsWhenAsked implements ThreeOf<readonly LineKind[]> {
  readonly #lines: ThreeOf<readonly string[]>;
  readonly #kindsOf: (lines: readonly string[]) => readonly LineKind[];
  readonly #known = new Map<readonly string[], readonly LineKind[]>();

  constructor(lines: ThreeOf<readonly string[]>, kindsOf: (lines: readonly string[]) => readonly LineKind[]) {
    this.#lines = lines;
    this.#kindsOf = kindsOf;
  }

  get base(): readonly LineKind[] {
    return this.#of(this.#lines.base);
  }

  get yours(): readonly LineKind[] {
    return this.#of(this.#lines.yours);
  }

  get theirs(): readonly LineKind[] {
    return this.#of(this.#lines.theirs);
  }

  #of(lines: readonly string[]): readonly LineKind[] {
    const known = this.#known.get(lines);
    if (known !== undefined) return known;
    const kinds = this.#kindsOf(lines);
    this.#known.set(lines, kinds);
    return kinds;
  }
}

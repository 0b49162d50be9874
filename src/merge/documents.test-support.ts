import fc from "fast-check";
import type { ThreeOf } from "./lines/three-way.ts";

/** Lines as Markdown has them, many of them alike: what merges go wrong at. */
const line = fc.constantFrom(
  "# Lamps",
  "## Use",
  "## Care",
  "### Oil",
  "A lamp gives light. It needs oil. Keep it dry.",
  "Oil burns. Wicks wear out!",
  "불을 켭니다. 기름을 채웁니다.",
  "灯をともす。油を足す。",
  "- trim the wick",
  "- **Oil** - fill it",
  "  - twice a day",
  "- [ ] buy oil",
  "| lamp | oil |",
  "| --- | --- |",
  "| big | 2 l |",
  "```sh",
  "```",
  "# not a heading",
  "Care",
  "====",
  "<div>",
  "",
  "",
  "",
);

const heads = fc.constantFrom("", "", "---\nname: lamp\ntools: [oil]\n---\n", "---\nname: [lamp\n---\n");

const ends = fc.constantFrom("\n", "\n", "\n", "\r\n");

/** A Markdown text, with and without frontmatter that can be read. */
export const markdown: fc.Arbitrary<string> = fc
  .tuple(heads, fc.array(line, { maxLength: 24 }), ends, fc.boolean())
  .map(([head, lines, end, final]) => (head + lines.join("\n") + (final ? "\n" : "")).replaceAll("\n", end));

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(24),
  removed: fc.nat(2),
  added: fc.array(fc.oneof(line, fc.constantFrom("New words.", "- a new member", "More. New words.")), {
    maxLength: 3,
  }),
});

const body = fc.array(line, { maxLength: 24 });

/**
 * A text and two versions of it, each with a few edits of the body and now and then with the same ones; frontmatters
 * and line ends as each likes. Every line that says something stands once in a version, so that it is known what each
 * side did: who doubles a line that the other removes has done what can be read in two ways.
 */
export const versions: fc.Arbitrary<ThreeOf<string>> = fc
  .record({
    body,
    heads: fc.tuple(heads, heads, heads),
    ends: fc.tuple(ends, ends, ends),
    yours: fc.array(edit, { maxLength: 3 }),
    theirs: fc.array(edit, { maxLength: 3 }),
    both: fc.array(edit, { maxLength: 1 }),
  })
  .map(({ body, heads, ends, yours, theirs, both }) => {
    const common = both.map((one) => told(one, "both"));
    const lines = body.map((text, at) => distinct(text, `${at}`));
    const written = (side: 0 | 1 | 2, edits: readonly Edit[]) =>
      (heads[side] + edits.reduce(edited, lines).join("\n")).replaceAll("\n", () => ends[side]);
    const edits = (own: readonly Edit[], who: string) => [
      ...common,
      ...own.map((one, at) => told(one, `${who}${at}`)),
    ];
    return {
      base: written(0, []),
      yours: written(1, edits(yours, "y")),
      theirs: written(2, edits(theirs, "t")),
    };
  });

function told(edit: Edit, by: string): Edit {
  return { ...edit, added: edit.added.map((text, at) => distinct(text, `${by}.${at}`)) };
}

/** The line with a mark of its own, unless it is a mark of structure. */
function distinct(line: string, mark: string): string {
  if (!/[\p{L}]/u.test(line) || line.startsWith("<") || line.startsWith("```")) return line;
  return line.startsWith("|") ? line.replace(/\|$/, () => `| ${mark} |`) : `${line} ${mark}`;
}

function edited(lines: readonly string[], { at, removed, added }: Edit): readonly string[] {
  return lines.toSpliced(Math.min(at, lines.length), removed, ...added);
}

import * as fc from "fast-check";

// What CommonMark's block rules turn on, and what only looks like it.
const prefixes = ["- ", "-", "-\t", "* ", "+ ", "1. ", "2. ", "10) ", "> ", ">", " ", "  ", "    ", "\t"];
const contents = [
  ..."a|b c|# h|## h ##|#|#no|####### no|===|  ===|=== =|---|-|--|- - -|***|* * *|___|+ + +".split("|"),
  ..."```|````|``` x|``` `|~~~|~~~ `|    code|<b>|<b c=d e='f'/>|<b c>x|</b>|</b >|<div>|<div/>|<div/x|</p>".split(
    "|",
  ),
  ..."<pre>|</pre>|<pre/>|<script x|</SCRIPT>|<!--|<!-->|-->|<?|?>|<!x|<!|>|<![CDATA[|]]>|]]]>".split("|"),
  ..."[a]: b|[a]: b 'c|c'|'c'|[a]: <b> (c)|[a]:|[a|a]: b|[\\]]: b|[ ]: b|[a]: b c|[a]: (b|[]: b|\\# a|&#35; a".split(
    "|",
  ),
  ...`<b c="d"e>|<b c= 'd' >|<b c=d=e>|<b c=/>|<b =>|<b c="d>|<b c="'>|<b c\t=d/>|<b c='d'/ >`.split("|"),
  "",
  "",
  "\u00A0",
  "\0",
];
const lineEnds = ["\n", "\n", "\n", "\n", "\n\n", " \n", "\t\n", "\r\n", "\r"];

const line = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant<string[]>([]) },
      { weight: 2, arbitrary: fc.array(fc.constantFrom(...prefixes), { minLength: 1, maxLength: 3 }) },
    ),
    fc.oneof(fc.constantFrom(...contents), fc.constantFrom("a", "===", "---", "# h", "[a]: b", "")),
    fc.constantFrom(...lineEnds),
  )
  .map(([prefix, content, lineEnd]) => prefix.join("") + content + lineEnd);

/** Texts of lines that open, continue, interrupt and close blocks of every kind. */
export const blockText = fc.array(line, { minLength: 1, maxLength: 10 }).map((lines) => lines.join(""));

/** The same out of smaller pieces, so that lines are less regular. */
export const brokenBlockText = fc
  .array(fc.constantFrom(...prefixes, ...contents, ...lineEnds, "\n", "\n", "\n"), { maxLength: 30 })
  .map((pieces) => pieces.join(""));

/** A change of a text: some of its lines, from `at` on, replaced by others. */
export const textEdits = fc.array(fc.record({ at: fc.nat(), removed: fc.nat({ max: 3 }), text: blockText }), {
  minLength: 1,
  maxLength: 3,
});

export function applyTextEdits(
  text: string,
  edits: readonly { readonly at: number; readonly removed: number; readonly text: string }[],
): string {
  const lines = text.split("\n");
  for (const edit of edits) {
    lines.splice(edit.at % lines.length, edit.removed, edit.text.replace(/\n$/, ""));
  }
  return lines.join("\n");
}

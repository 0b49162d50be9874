import { describe, expect, test } from "vitest";
import { merge } from "../merge.ts";

function merged(base: string, yours: string, theirs: string) {
  return merge({ base, yours, theirs }, { format: "markdown" });
}

/** Both ways round come to the same; an open spot holds theirs. */
function bothWays(base: string, yours: string, theirs: string) {
  const [one, other] = [merged(base, yours, theirs), merged(base, theirs, yours)];
  if (one.units.length === 0) expect(other.text).toBe(one.text);
  expect(other.units).toHaveLength(one.units.length);
  return one;
}

describe("both made the same change of words", () => {
  const base = "Use the Read tool to look, then create TodoWrite.\n";
  const yours = "Use the Read tool to look, then create todos.\n";

  test("and one went on from there: that side stands, nothing is asked", () => {
    const theirs = "Use the search and the Read tool to look, then create todos.\n";
    expect(bothWays(base, yours, theirs)).toMatchObject({ text: theirs, units: [] });
  });

  test("but each also made one of its own in the same sentence: asked (X1)", () => {
    const mine = yours.replace("look", "see");
    const theirs = yours.replace("the Read tool", "a tool");
    expect(bothWays(base, mine, theirs).units).toMatchObject([{ rule: "X1" }]);
  });

  test("and what one took out the other kept: asked", () => {
    expect(
      bothWays("Do not run it twice.\n", "Do run it twice.\n", "Do not run it again.\n").units,
    ).toHaveLength(1);
  });
});

describe("a table", () => {
  const base = "| Kind | Bump |\n|---|---|\n| fix | patch |\n| break | major |\n";
  const drawn = "| Kind  | Bump  |\n| ----- | ----- |\n| fix   | patch |\n| break | major |\n";

  test("that one side drew anew takes the row that the other added", () => {
    const yours = base.replace("| break", "| feature | minor |\n| break");
    expect(bothWays(base, yours, drawn)).toMatchObject({
      units: [],
      text: drawn.replace("| break", "| feature | minor |\n| break"),
    });
  });

  test("of which both changed the same cell is asked", () => {
    const yours = base.replace("patch", "minor");
    const theirs = drawn.replace("patch", "none ");
    expect(bothWays(base, yours, theirs).units).toMatchObject([{ rule: "X1" }]);
  });
});

test("of lines side by side only those are asked that both changed", () => {
  const base = "1. Look at it closely.\n2. Ask about it.\n3. Write it down.\n";
  const yours = "1. Look at it.\n2. Ask twice about it.\n3. Write it down.\n";
  const theirs = "1. Stare at it closely, please.\n2. Ask about it.\n3. Write all down.\n";
  const { units, text } = bothWays(
    base,
    yours,
    theirs.replace("Stare at it closely, please.", "Look at that closely."),
  );
  expect(units).toMatchObject([
    { rule: "X1", yours: "1. Look at it.\n", theirs: "1. Look at that closely.\n" },
  ]);
  expect(text).toBe("1. Look at that closely.\n2. Ask twice about it.\n3. Write all down.\n");
});

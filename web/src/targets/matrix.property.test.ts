import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ArtifactItem } from "../../../src/http/schemas/artifact.ts";
import { countStates, filterMatrix, matrixOf, moveCell } from "./matrix.ts";

const cases = { numRuns: 1_000 };
const states = ["in-sync", "behind", "ahead", "diverged"] as const;

const artifactLists = fc
  .array(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,6}$/),
      copies: fc.uniqueArray(
        fc.record({ target: fc.constantFrom("a", "b", "c"), state: fc.constantFrom(...states) }),
        { selector: ({ target }) => target },
      ),
    }),
    { maxLength: 20 },
  )
  .map((all) =>
    all.map(
      ({ name, copies }): ArtifactItem => ({
        kind: "skills",
        name,
        version: "",
        declaredName: null,
        description: null,
        files: 1,
        problems: [],
        targets: copies.map((copy) => ({ ...copy, runtime: copy.target, reason: "" })),
      }),
    ),
  );

describe("the matrix", () => {
  test("has every copy once, in the column of its target", () => {
    fc.assert(
      fc.property(artifactLists, (artifacts) => {
        const { targets, rows } = matrixOf(artifacts);
        for (const [index, artifact] of artifacts.entries()) {
          const cells = rows[index]?.cells ?? [];
          expect(cells).toHaveLength(targets.length);
          for (const copy of artifact.targets) expect(cells[targets.indexOf(copy.target)]).toEqual(copy);
          expect(cells.filter((cell) => cell !== null)).toHaveLength(artifact.targets.length);
        }
        const counted = [...countStates(rows).values()].reduce((sum, count) => sum + count, 0);
        expect(counted).toBe(artifacts.flatMap((one) => one.targets).length);
      }),
      cases,
    );
  });

  test("a filter gives exactly the rows that hold it, in their order", () => {
    fc.assert(
      fc.property(
        artifactLists,
        fc.stringMatching(/^[a-z]{0,2}$/),
        fc.constantFrom(null, ...states),
        (artifacts, text, state) => {
          const { rows } = matrixOf(artifacts);
          const expected = rows.filter(
            ({ artifact, cells }) =>
              `skills/${artifact.name}`.includes(text) &&
              (state === null || cells.some((cell) => cell?.state === state)),
          );
          expect(filterMatrix(rows, text, state)).toEqual(expected);
        },
      ),
      cases,
    );
  });

  test("keys never lead outside, and there and back is where one was", () => {
    const back = {
      ArrowUp: "ArrowDown",
      ArrowDown: "ArrowUp",
      ArrowLeft: "ArrowRight",
      ArrowRight: "ArrowLeft",
    };
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(7),
        fc.constantFrom(...Object.entries(back)),
        (row, column, [key, opposite]) => {
          const size = { rows: 51, columns: 8 };
          const to = moveCell({ row, column }, key, size);
          expect(to).not.toBeNull();
          if (to === null) return;
          expect(to.row).toBeGreaterThanOrEqual(0);
          expect(to.row).toBeLessThan(size.rows);
          expect(to.column).toBeGreaterThanOrEqual(0);
          expect(to.column).toBeLessThan(size.columns);
          const isMoved = to.row !== row || to.column !== column;
          if (isMoved) expect(moveCell(to, opposite, size)).toEqual({ row, column });
        },
      ),
      cases,
    );
    expect(moveCell({ row: 0, column: 0 }, "a", { rows: 1, columns: 1 })).toBeNull();
  });
});

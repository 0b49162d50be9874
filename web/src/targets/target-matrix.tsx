import { type KeyboardEvent, memo, useCallback, useEffect, useRef, useState } from "react";
import { DriftSign } from "../design/drift-sign.tsx";
import { useRowWindow } from "../design/row-window.ts";
import { useWords } from "../words/use-words.tsx";
import { type Cell, type MatrixRow, moveCell } from "./matrix.ts";

const rowHeight = 32;

/**
 * Artifacts by targets, of which only the rows in sight are in the document. One stop of the Tab key: arrows move in
 * it, Enter shows what is behind a cell.
 */
export function TargetMatrix(props: {
  readonly targets: readonly string[];
  readonly rows: readonly MatrixRow[];
  readonly onOpen: (row: MatrixRow, column: number) => void;
}) {
  const { targets, rows, onOpen } = props;
  const { targets: words } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { first, count } = useRowWindow(box, rows.length, rowHeight);
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const moves = useRef(0);
  const wasMoved = moves.current;
  useEffect(() => {
    if (wasMoved > 0)
      box.current?.querySelector<HTMLElement>(`[data-cell="${active.row} ${active.column}"]`)?.focus();
  }, [active, wasMoved]);
  const size = useRef({ rows: 0, columns: 0 });
  size.current = { rows: rows.length, columns: targets.length };
  const move = useCallback((from: Cell, event: KeyboardEvent) => {
    const to = event.altKey || event.metaKey ? null : moveCell(from, event.key, size.current);
    if (to === null) return;
    event.preventDefault();
    bringIntoSight(box.current, to.row);
    moves.current += 1;
    setActive(to);
  }, []);
  // The Tab key finds a cell that is in the document, wherever one has scrolled to.
  const last = Math.min(first + count, rows.length) - 1;
  const reachable = Math.min(Math.max(active.row, first), last);
  return (
    <div ref={box} className="matrix">
      <table className="matrix-table" aria-label={words.matrix} aria-rowcount={rows.length + 1}>
        <thead>
          <tr className="matrix-head">
            <th scope="col">{words.artifact}</th>
            {targets.map((target) => (
              <th key={target} scope="col">
                <bdi>{target}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} />
          {rows.slice(first, last + 1).map((row, index) => (
            <Row
              key={`${row.artifact.kind}/${row.artifact.name}`}
              row={row}
              targets={targets}
              index={first + index}
              activeColumn={first + index === reachable ? active.column : null}
              onMove={move}
              onOpen={onOpen}
            />
          ))}
          <Gap rows={rows.length - 1 - last} />
        </tbody>
      </table>
    </div>
  );
}

/** The height of rows that are not in the document. */
function Gap({ rows }: { readonly rows: number }) {
  return rows === 0 ? null : <tr style={{ blockSize: rows * rowHeight }} />;
}

function bringIntoSight(box: HTMLElement | null, row: number): void {
  if (box === null) return;
  const top = row * rowHeight;
  const seen = box.clientHeight - 2 * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top > box.scrollTop + seen) box.scrollTop = top - seen;
}

const Row = memo(function Row(props: {
  readonly row: MatrixRow;
  readonly targets: readonly string[];
  readonly index: number;
  readonly activeColumn: number | null;
  readonly onMove: (from: Cell, event: KeyboardEvent) => void;
  readonly onOpen: (row: MatrixRow, column: number) => void;
}) {
  const { row, targets, index, activeColumn, onMove, onOpen } = props;
  const words = useWords();
  return (
    <tr className="matrix-row" aria-rowindex={index + 2}>
      <th scope="row">
        <span className="matrix-name">
          <span className="matrix-kind">{words.kinds[row.artifact.kind]}</span>
          <bdi>{row.artifact.name}</bdi>
        </span>
      </th>
      {targets.map((target, column) => {
        const cell = row.cells[column] ?? null;
        return (
          <td key={target}>
            <button
              type="button"
              className="matrix-cell"
              tabIndex={column === activeColumn ? 0 : -1}
              data-cell={`${index} ${column}`}
              onKeyDown={(event) => onMove({ row: index, column }, event)}
              onClick={() => (cell === null ? undefined : onOpen(row, column))}
            >
              {cell === null ? (
                <span className="unseen">{words.targets.noCopy}</span>
              ) : (
                <DriftSign state={cell.state} />
              )}
            </button>
          </td>
        );
      })}
    </tr>
  );
});

import { useWords } from "../../words/use-words.tsx";
import type { MergeOutlook } from "../merging/merge-job.ts";
import type { EditorController } from "../session/editor-controller.ts";
import { useEditor } from "../session/use-editor.ts";

interface OpenSpotsProps {
  readonly controller: EditorController;
  readonly outlook: MergeOutlook;
}

/**
 * The spots to settle by hand: each is ticked off when the text on the right says what it should. Without that nothing is
 * settled, however long one looks (BUGS S3); and a tick is gone when its spot is edited afterwards.
 */
export function OpenSpots({ controller, outlook }: OpenSpotsProps) {
  const { settling } = useWords();
  const choices = useEditor(controller, ({ state }) => state.settling?.choices);
  const units = outlook.pieces.flatMap((piece) => (piece.type === "unit" ? [piece.unit] : []));
  return (
    <ul className="spots">
      {units.map(({ key, where }, index) => (
        <li key={key}>
          <label className="spots-choice">
            <input
              type="checkbox"
              checked={choices?.get(key) === "yours"}
              onChange={({ target }) =>
                controller.send({ type: "chose", key, choice: target.checked ? "yours" : null })
              }
            />
            {settling.keepAsHere({ number: index + 1 })}
            {where === "" ? null : <bdi className="spots-where">{where}</bdi>}
          </label>
        </li>
      ))}
    </ul>
  );
}

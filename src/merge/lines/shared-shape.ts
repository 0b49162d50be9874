import { byteOrderMark, type TextShape, textShape } from "../../formats/text-shape.ts";
import { eachOf, type ThreeOf } from "./three-way.ts";

/** Three texts whose lines can be compared, and the way back to a text in the merged shape. */
export interface SharedShape {
  readonly texts: ThreeOf<string>;
  readonly restore: (merged: string) => string;
}

/**
 * Takes BOM, line ends and the final newline off three texts, as far as they differ in them. The merged text gets each
 * of the three from the side that changed it, from theirs where both did, so a text whose sides agree keeps every byte.
 */
export function sharedShape(texts: ThreeOf<string>): SharedShape {
  const shapes = eachOf((side) => textShape(texts[side]));
  const bom = changedValue(shapes, ({ bom }) => bom);
  const lineEnd = changedValue(shapes, (shape) => shape.lineEnd);
  const finalNewline = changedValue(shapes, (shape) => shape.finalNewline);
  const sameEnds =
    shapes.base.lineEnd === shapes.yours.lineEnd && shapes.base.lineEnd === shapes.theirs.lineEnd;
  const common = eachOf((side) => {
    const text = texts[side].startsWith(byteOrderMark) ? texts[side].slice(1) : texts[side];
    const ends = sameEnds ? text : text.replaceAll("\r\n", "\n");
    const newline = sameEnds ? lineEnd : "\n";
    return ends === "" || ends.endsWith("\n") ? ends : ends + newline;
  });
  const restore = (merged: string) => {
    const ends = sameEnds || lineEnd === "\n" ? merged : merged.replaceAll("\n", "\r\n");
    const end = finalNewline ? ends : ends.replace(/\r?\n$/, "");
    return bom + end;
  };
  return { texts: common, restore };
}

function changedValue<Value>(shapes: ThreeOf<TextShape>, of: (shape: TextShape) => Value): Value {
  return of(shapes.theirs) === of(shapes.base) ? of(shapes.yours) : of(shapes.theirs);
}

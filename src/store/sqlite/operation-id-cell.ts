import type { OperationId } from "../../domain/ids.ts";
import { parseRandomId } from "../../domain/ids.ts";
import { damagedRow } from "./row.ts";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** The 100 bits of an operation's id as 13 bytes, most significant first, the last four bits zero. */
export function operationIdCell(id: OperationId): Uint8Array {
  return cellOfLetters(id.slice(3));
}

export function operationIdOfCell(cell: Uint8Array): OperationId {
  let letters = "";
  let bits = 0;
  let width = 0;
  for (const byte of cell) {
    bits = (bits << 8) | byte;
    width += 8;
    while (width >= 5) {
      width -= 5;
      letters += alphabet[(bits >> width) & 31];
      bits &= (1 << width) - 1;
    }
  }
  const id = parseRandomId("operation", `op_${letters}`);
  if (id === undefined) throw damagedRow("operation.id", "an operation's id");
  return id;
}

/** Bounds of the cells whose ids begin with these letters; undefined where they are no letters of an id. */
export function operationIdRange(letters: string): readonly [Uint8Array, Uint8Array] | undefined {
  if (letters.length > 20 || !/^[0-9a-hjkmnp-tv-z]*$/.test(letters)) return undefined;
  return [cellOfLetters(letters.padEnd(20, "0")), cellOfLetters(letters.padEnd(20, "z"))];
}

function cellOfLetters(letters: string): Uint8Array {
  const cell = new Uint8Array(13);
  let bits = 0;
  let width = 0;
  let at = 0;
  for (const letter of letters) {
    bits = (bits << 5) | alphabet.indexOf(letter);
    width += 5;
    if (width >= 8) {
      width -= 8;
      cell[at++] = bits >> width;
      bits &= (1 << width) - 1;
    }
  }
  cell[at] = bits << (8 - width);
  return cell;
}

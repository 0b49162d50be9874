import { isRecord } from "../../formats/format-value.ts";
import type { KeySlot } from "../settings/key-slot.ts";
import { formatValue } from "../settings/key-value.ts";
import { inReadingOrder } from "./reading-order.ts";

/** A file that is stet's as a whole, by its name: `{"version": 1, "hooks": ...}`. */
export const ownFileSlot: KeySlot = {
  container: [],
  parents: () => [],
  read(value) {
    if (value !== undefined && !isRecord(value)) return "it is not an object of keys";
    const hooks = formatValue(value?.hooks);
    return new Map(hooks === undefined ? [] : [["hooks", hooks]]);
  },
  write(document, text, _name, value) {
    const version = value === undefined ? undefined : 1;
    return document.edit(text, [
      { path: ["version"], value: version },
      { path: ["hooks"], value: value === undefined ? undefined : inReadingOrder(value) },
    ]);
  },
};

import type { EditResult, FormatDocument, FormatValue } from "../../formats/format-value.ts";

/**
 * What of a file that belongs to somebody else is stet's: a key of a map, or rules with a mark.
 *
 * Invariants:
 * - what `write` gives back is read as that value, and nothing that is not stet's has changed a byte;
 * - writing what is there already gives back the identical text.
 */
export interface KeySlot {
  /** The keys that lead to stet's, for display. */
  readonly container: readonly string[];
  /** Maps and lists that a value lies in: those that stet made go with the last key in them. */
  readonly parents: (value: FormatValue | undefined) => readonly (readonly string[])[];
  /**
   * What is there, by the artifact's name; a text where the file is not the shape it should be: then it is
   * reported and left alone. `whole` takes in what is somebody else's at the same key.
   */
  readonly read: (value: unknown, whole: boolean, text: string) => ReadonlyMap<string, FormatValue> | string;
  /** The text with another value for one name; undefined removes it. The text parses, and has the right shape. */
  readonly write: (
    document: FormatDocument,
    text: string,
    name: string,
    value: FormatValue | undefined,
  ) => EditResult;
  /** What an import takes in, where that is more than what stet wrote: the user's own rules. */
  readonly foreign?: (value: unknown) => ReadonlyMap<string, FormatValue>;
}

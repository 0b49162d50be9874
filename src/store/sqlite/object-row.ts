import type { NewObject } from "../../snapshot/object-source.ts";

/** One row of `object` without its bytes. */
export interface ObjectRow {
  readonly n: number;
  readonly kind: NewObject["kind"];
  readonly size: number;
  readonly codec: number;
  readonly base: number | null;
}

import { badRequest } from "../call.ts";

export interface PageQuery {
  readonly limit: number;
  readonly cursor: string | undefined;
}

const limitDefault = 100;
const limitMax = 1_000;

/** `?limit=&cursor=` of a list. Throws E-USAGE. */
export function pageQuery(limit: string | undefined, cursor: string | undefined): PageQuery {
  if (limit === undefined || limit === "") return { limit: limitDefault, cursor };
  const count = Number(limit);
  if (Number.isInteger(count) && count >= 1 && count <= limitMax) return { limit: count, cursor };
  throw badRequest("limit", `It is a whole number from 1 to ${limitMax}.`);
}

/** The part of a sorted list that a page holds. The cursor is the key of the last item before it. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit, cursor }: PageQuery,
): { readonly items: readonly Item[]; readonly next: string | null } {
  const sorted = items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const from = cursor === undefined ? 0 : sorted.findIndex((item) => keyOf(item) > cursor);
  const page = from === -1 ? [] : sorted.slice(from, from + limit);
  const last = page.at(-1);
  const isEnd = last === undefined || last === sorted.at(-1);
  return { items: page, next: isEnd ? null : keyOf(last) };
}

import type { Actor, ActorKind } from "../../domain/actors.ts";

const shareNames = ["person", "agent", "unknown", "git"] as const;

/** Whole percent of the lines by who wrote them; they add up to 100, or are all 0 where there are no lines. */
export type Shares = Readonly<Record<(typeof shareNames)[number], number>>;

/** Shares by largest remainder, so that rounding neither loses nor invents a percent. */
export function sharesOf(writers: readonly Pick<Actor, "kind">[]): Shares {
  const counts = { person: 0, agent: 0, unknown: 0, git: 0 };
  for (const { kind } of writers) counts[shareOf(kind)] += 1;
  const total = writers.length;
  if (total === 0) return counts;
  const exact = shareNames.map((name) => ({ name, share: (counts[name] * 100) / total }));
  const shares = { person: 0, agent: 0, unknown: 0, git: 0 };
  for (const { name, share } of exact) shares[name] = Math.floor(share);
  const missing = 100 - exact.reduce((sum, { share }) => sum + Math.floor(share), 0);
  const byRemainder = exact.toSorted((one, other) => (other.share % 1) - (one.share % 1));
  for (const { name } of byRemainder.slice(0, missing)) shares[name] += 1;
  return shares;
}

/** What stet itself wrote, nobody claims. */
function shareOf(kind: ActorKind): keyof Shares {
  return kind === "stet" ? "unknown" : kind;
}

import { type Spread, spreadOf } from "./spread.ts";

/** Rounds of every comparison, where a job does not ask for more. */
export const roundsMin = 5;

export interface Comparison {
  /** Ours by the peer's, round by round. */
  readonly ratio: Spread;
  /** Seconds. */
  readonly ours: Spread;
  readonly peer: Spread;
}

/**
 * Measures two things in turn, round by round, each going first every other time: what else the machine does
 * meets both alike. Both give seconds.
 */
export async function compare(
  ours: (round: number) => number | Promise<number>,
  peer: (round: number) => number | Promise<number>,
  rounds = roundsMin,
): Promise<Comparison> {
  const seconds: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) seconds.ours.push(await ours(round));
    seconds.peer.push(await peer(round));
    if (round % 2 === 1) seconds.ours.push(await ours(round));
  }
  const ratios = seconds.ours.map((one, round) => one / (seconds.peer[round] ?? Number.NaN));
  return { ratio: spreadOf(ratios), ours: spreadOf(seconds.ours), peer: spreadOf(seconds.peer) };
}

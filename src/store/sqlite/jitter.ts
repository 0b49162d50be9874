/** Numbers in [0, 1) from a seed (xorshift32, Marsaglia 2003): waits need no better ones. */
export function jitterFrom(seed: Uint8Array): () => number {
  let state = seed.reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, 1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Waiting lines of this process, one per key: the operating system's locks tell processes apart, not tasks. */
const tails = new Map<string, Promise<void>>();

/**
 * Runs after all who asked for `key` earlier have released it. Gives the release, to be called once; null
 * where `waitMillisecondsMax` passed first, and then nothing is held.
 */
export async function takeTurn(key: string, waitMillisecondsMax: number): Promise<(() => void) | null> {
  const before = tails.get(key) ?? Promise.resolve();
  const { promise: mine, resolve: release } = Promise.withResolvers<void>();
  const tail = before.then(() => mine);
  tails.set(key, tail);
  const done = () => {
    release();
    if (tails.get(key) === tail) tails.delete(key);
  };
  if (await settlesWithin(before, waitMillisecondsMax)) return done;
  // The turn still comes; it is passed on at once.
  void before.then(done);
  return null;
}

async function settlesWithin(turn: Promise<void>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const won = await Promise.race([turn.then(() => true as const), late]);
  clearTimeout(timer);
  return won;
}

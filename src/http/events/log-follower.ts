import type { FollowedOperation, LogFeed } from "../../app/follow-log.ts";

/** Told each operation once, in order; `gap` where that cannot be. */
export interface Follower {
  readonly operation: (operation: FollowedOperation) => void;
  readonly gap: (why: string) => void;
}

const lookAgainMilliseconds = 150;

/**
 * Reads along in the log for all who follow it, also what other processes on the same store record.
 *
 * Invariant: a follower is told every operation after the place that it began at, in the order of the log, or of a gap.
 */
export class LogFollower {
  readonly #feed: LogFeed;
  readonly #followers = new Map<Follower, number>();
  readonly #onError: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;
  #isWanted = false;
  #head = "";

  constructor(feed: LogFeed, onError: (error: unknown) => void) {
    this.#feed = feed;
    this.#onError = onError;
  }

  /** Follows from after an operation, else from now. Gives what ends it. */
  async follow(follower: Follower, lastEventId: string | undefined): Promise<() => void> {
    const known = lastEventId === undefined ? null : await this.#feed.sequenceOf(lastEventId);
    if (lastEventId !== undefined && known === null) follower.gap("the last event is not in this log");
    this.#followers.set(follower, known ?? (await this.#feed.newest()));
    this.#timer ??= setInterval(() => this.look(), lookAgainMilliseconds).unref();
    this.#head = "";
    this.look();
    return () => this.#end(follower);
  }

  /** Looks now: something was recorded here. */
  look(): void {
    if (this.#followers.size === 0) return;
    this.#isWanted = true;
    this.#looking ??= this.#run().finally(() => {
      this.#looking = null;
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#followers.clear();
  }

  async #run(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      try {
        await this.#tell();
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  async #tell(): Promise<void> {
    const head = await this.#feed.head();
    if (head === this.#head) return;
    const from = Math.min(...this.#followers.values());
    const news = await this.#feed.after(from);
    const newest = news === null ? await this.#feed.newest() : (news.at(-1)?.sequence ?? from);
    for (const [follower, told] of this.#followers) {
      if (news === null) follower.gap("too much happened to tell it one by one");
      for (const operation of news ?? []) if (operation.sequence > told) follower.operation(operation);
      this.#followers.set(follower, Math.max(told, newest));
    }
    this.#head = head;
  }

  #end(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#followers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

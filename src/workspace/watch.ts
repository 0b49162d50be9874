import type { Place } from "./place.ts";
import { diskPath, isWithin } from "./place-paths.ts";

/** `watching`: hints come as they happen. `polling`: only the regular look is left; `why` says so (P7). */
export type WatchState =
  | { readonly kind: "watching" }
  | { readonly kind: "polling"; readonly why: string }
  | { readonly kind: "closed" };

export interface PlacesWatch extends AsyncDisposable {
  readonly state: () => WatchState;
  readonly close: () => Promise<void>;
}

export interface WatchOptions {
  readonly places: readonly Place[];
  /**
   * Called when something may have changed. A hint and never a fact: the place is scanned in answer, and what
   * differs is hashed. Calls do not overlap; a hint that comes during one leads to another.
   */
  readonly onHint: () => Promise<void>;
  /** Told when `onHint` throws: the next hint is waited for all the same. */
  readonly onError: (error: unknown) => void;
  /** While this says true (git is in the middle of something) hints wait. */
  readonly isHeld?: () => boolean;
  /** Quiet time after an event before the hint. */
  readonly settleMilliseconds?: number;
  /** A hint is given at least this often: events get lost, and some file systems send none. */
  readonly lookAgainMilliseconds?: number;
}

/** Watches the scanned parts of places until it is closed. Resolves when the first events can come. */
export async function watchPlaces(options: WatchOptions): Promise<PlacesWatch> {
  const hints = new Hints(options);
  let state: WatchState = { kind: "watching" };
  const fallBack = (error: unknown) => {
    if (state.kind !== "watching") return;
    state = { kind: "polling", why: error instanceof Error ? error.message : String(error) };
  };
  const { watch } = await import("chokidar");
  const works = options.places.map((place) => place.work);
  const watcher = watch([...watchedPaths(options.places)], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => works.some((work) => isWithin(work, path)) || isNoise(path),
  });
  watcher.on("all", () => hints.event());
  watcher.on("error", fallBack);
  await new Promise<void>((resolve) => {
    watcher.once("ready", resolve);
    watcher.once("error", () => resolve());
  });
  const close = async () => {
    state = { kind: "closed" };
    hints.close();
    await watcher.close();
  };
  return { state: () => state, close, [Symbol.asyncDispose]: close };
}

function isNoise(path: string): boolean {
  return /\/(?:\.git|node_modules|__pycache__)(?:\/|$)/.test(path);
}

/** Folders and files to watch. Files that lie anywhere are left to the regular look, but for the topmost. */
function watchedPaths(places: readonly Place[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const place of places) {
    for (const part of place.scanned) {
      const names =
        part.kind === "everywhere" ? part.fileNames.map((name) => part.prefix + name) : [part.path];
      for (const name of names) paths.add(diskPath(place, name));
    }
  }
  return paths;
}

/** Gathers events into hints: one after a quiet moment, one at a time, and one every so often without any. */
class Hints {
  readonly #options: WatchOptions;
  readonly #regular: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;
  #isRunning = false;
  #isWanted = false;
  #isClosed = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#regular = setInterval(() => this.#give(), options.lookAgainMilliseconds ?? 30_000);
    this.#regular.unref();
  }

  event(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.#give(), this.#options.settleMilliseconds ?? 150);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#regular);
  }

  #give(): void {
    if (this.#isClosed) return;
    if (this.#options.isHeld?.() === true) {
      this.event();
      return;
    }
    this.#isWanted = true;
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#isWanted && !this.#isClosed) {
      this.#isWanted = false;
      try {
        await this.#options.onHint();
      } catch (error) {
        this.#options.onError(error);
      }
    }
    this.#isRunning = false;
  }
}

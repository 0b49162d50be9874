import type { ProgressStep } from "../app/environment.ts";

const quietMilliseconds = 300;
const spinnerMilliseconds = 2_000;
const frameMilliseconds = 120;
const barCells = 24;

/** What a progress line is drawn on. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/**
 * One line on standard error that says what goes on: nothing before 300 ms, then a spinner, from 2 s a counted
 * bar. Nothing at all where standard error is no terminal. Its timer never keeps the process alive.
 */
export class ProgressLine {
  readonly #stream: ProgressStream;
  readonly #unicode: boolean;
  readonly #now: () => number;
  readonly #started: number;
  #timer: NodeJS.Timeout | undefined;
  #step: ProgressStep = { what: "working", done: 0, total: null };
  #frame = 0;
  #drawn = false;
  #stopped = false;

  constructor(stream: ProgressStream, unicode: boolean, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#unicode = unicode;
    this.#now = now;
    this.#started = now();
    if (stream.isTTY !== true) return;
    this.#timer = setInterval(() => this.draw(), frameMilliseconds);
    this.#timer.unref();
  }

  /** Notes what goes on. Cheap: it is drawn with the next frame. */
  readonly report = (step: ProgressStep): void => {
    this.#step = step;
  };

  /** Draws the line where it is time for one. */
  draw(): void {
    if (this.#stopped || this.#stream.isTTY !== true) return;
    const elapsed = this.#now() - this.#started;
    if (elapsed < quietMilliseconds) return;
    this.#frame++;
    this.#stream.write(`\r\u001b[2K${progressText(this.#step, elapsed, this.#frame, this.#unicode)}`);
    this.#drawn = true;
  }

  /** Takes the line away; the next frame draws it again. */
  clear(): void {
    if (this.#drawn) this.#stream.write("\r\u001b[2K");
    this.#drawn = false;
  }

  stop(): void {
    this.clear();
    this.#stopped = true;
    clearInterval(this.#timer);
  }
}

/** The line's text: a spinner until 2 s, or for as long as the total is not known; then a counted bar. */
export function progressText(step: ProgressStep, elapsed: number, frame: number, unicode: boolean): string {
  if (elapsed >= spinnerMilliseconds && step.total !== null && step.total > 0) {
    const share = Math.min(step.done / step.total, 1);
    const full = Math.round(share * barCells);
    const [on, off] = unicode ? ["█", "░"] : ["#", "."];
    return `${on.repeat(full)}${off.repeat(barCells - full)} ${step.done}/${step.total} ${step.what}`;
  }
  const frames = unicode ? "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" : "|/-\\";
  return `${frames[frame % frames.length] ?? ""} ${step.what}`;
}

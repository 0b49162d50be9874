import { closeSync, constants, openSync, readSync, writeSync } from "node:fs";

/** Milliseconds after which somebody who has not been seen in the line is taken to be gone. */
const absentAfter = 300;
const slots = 256;
/** Since when it waits, and when it was seen last: milliseconds, two doubles in the order of this machine. */
const slotBytes = 16;

/**
 * Who has waited longest, among processes of one machine.
 *
 * Everybody who waits writes into a slot of a file again and again; nobody who has left or died does, and is passed
 * over soon. It is advice alone: slots are drawn at random and two may share one, clocks may jump, and then the
 * order is not the best. Nothing is locked: a slot is written in one piece.
 */
export class WaitingLine {
  #descriptor: number | null;
  readonly #own: number;
  readonly #all = new Float64Array((slots * slotBytes) / 8);

  /** `chance` in [0, 1) draws the slot. Throws where the file cannot be made or opened. */
  constructor(file: string, chance: number) {
    this.#descriptor = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#own = Math.floor(chance * slots);
  }

  /** Says that one waits since a time (ms), and gives back how many have waited longer. */
  stand(since: number, now: number): number {
    this.#write(since, now);
    this.#all.fill(0);
    readSync(this.#opened(), this.#all, 0, slots * slotBytes, 0);
    let before = 0;
    for (let slot = 0; slot < slots; slot++) {
      if (slot === this.#own) continue;
      const [other = 0, seen = 0] = this.#all.subarray(slot * 2, slot * 2 + 2);
      if (seen > 0 && seen > now - absentAfter && other < since) before++;
    }
    return before;
  }

  leave(): void {
    this.#write(0, 0);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  /** Another file may have been given the number of one that was closed. */
  #opened(): number {
    if (this.#descriptor === null) throw new RangeError("the line is closed");
    return this.#descriptor;
  }

  #write(since: number, now: number): void {
    writeSync(this.#opened(), Float64Array.of(since, now), 0, slotBytes, this.#own * slotBytes);
  }
}

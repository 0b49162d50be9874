import { fstatSync, writeSync } from "node:fs";

/**
 * Standard output or standard error.
 *
 * Node's own stream is made only for a terminal, and where a pipe is full that does not let its writer wait: it
 * loads what sockets are made of, as much CPU as a sixth of Node's whole start. Order holds, because a text goes
 * to the stream only if all after it does so too.
 */
export class OutputStream {
  readonly #descriptor: number;
  readonly #stream: () => NodeJS.WriteStream;
  readonly #mayBeTerminal: boolean;
  #isHandedOver: boolean;

  constructor(descriptor: number, stream: () => NodeJS.WriteStream) {
    this.#descriptor = descriptor;
    this.#stream = stream;
    this.#mayBeTerminal = isDevice(descriptor);
    this.#isHandedOver = this.#mayBeTerminal;
    if (this.#isHandedOver) this.#handOver();
  }

  get isTTY(): boolean {
    return this.#mayBeTerminal && this.#stream().isTTY === true;
  }

  /** Undefined where it is no terminal. */
  get columns(): number | undefined {
    return this.#mayBeTerminal ? this.#stream().columns : undefined;
  }

  /** Writes all of it, before it returns or, on a full pipe, before the process ends. */
  write(content: string | Uint8Array): void {
    if (this.#isHandedOver) {
      this.#stream().write(content);
      return;
    }
    let left = typeof content === "string" ? Buffer.from(content) : content;
    try {
      while (left.length > 0) left = left.subarray(writeSync(this.#descriptor, left));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code === "EPIPE") leaveQuietly();
      if (code !== "EAGAIN") throw error;
      this.#handOver();
      this.#stream().write(left);
    }
  }

  #handOver(): void {
    this.#isHandedOver = true;
    this.#stream().on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") leaveQuietly();
      throw error;
    });
  }
}

/** `stet log | head -1` closes the pipe early. By then the work is done, so there is nothing to complain about. */
function leaveQuietly(): never {
  process.exit();
}

/** A descriptor that cannot be looked at may be anything. */
function isDevice(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice();
  } catch {
    return true;
  }
}

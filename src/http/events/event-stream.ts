import type { ServerResponse } from "node:http";

/** What waits to be read by one client at most; one that does not read is told of a gap once it does. */
const waitingBytesMax = 256 * 1024;
const heartbeatMilliseconds = 15_000;

/** Server-sent events (WHATWG HTML, 9.2) to one client. Memory is bounded, whether it reads or not. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;
  #isBehind = false;

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    response.writeHead(200, { ...headers, "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n\n");
    response.on("drain", () => this.#catchUp());
    this.#heartbeat = setInterval(() => this.#write(": here\n\n"), heartbeatMilliseconds).unref();
  }

  send(event: string, data: unknown, id?: string): void {
    const lines = [
      `event: ${event}`,
      ...(id === undefined ? [] : [`id: ${id}`]),
      `data: ${JSON.stringify(data)}`,
    ];
    this.#write(`${lines.join("\n")}\n\n`);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#response.end();
    // One that never reads would hold the connection open.
    if (this.#response.writableLength > 0) this.#response.destroy();
  }

  onClosed(listener: () => void): void {
    this.#response.on("close", () => {
      clearInterval(this.#heartbeat);
      listener();
    });
  }

  #write(text: string): void {
    if (this.#response.destroyed || this.#isBehind) return;
    this.#isBehind = this.#response.writableLength > waitingBytesMax;
    if (!this.#isBehind) this.#response.write(text);
  }

  #catchUp(): void {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    this.send("gap", { why: "events came faster than they were read" });
  }
}

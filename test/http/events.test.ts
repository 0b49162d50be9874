import { expect, test } from "vitest";
import { save } from "../../src/app/save.ts";
import { ServedProject } from "./served-project.ts";

const file = ".agents/skills/pdf/SKILL.md";
const files = { [file]: "---\nname: pdf\ndescription: Reads PDF files.\n---\n\n# Usage\n" };

interface Told {
  readonly event: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Reads events until it has seen what it waits for. */
class Reader implements AsyncDisposable {
  readonly seen: Told[] = [];
  readonly #abort = new AbortController();
  #rest = "";
  #chunks: AsyncIterator<Uint8Array> | undefined;

  static async open(here: ServedProject, lastEventId?: string): Promise<Reader> {
    const reader = new Reader();
    const response = await fetch(`${here.server.url}/api/events`, {
      signal: reader.#abort.signal,
      headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId },
    });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    reader.#chunks = response.body?.[Symbol.asyncIterator]();
    return reader;
  }

  async until(fits: (told: Told) => boolean): Promise<Told> {
    for (;;) {
      const found = this.seen.find(fits);
      if (found !== undefined) return found;
      const chunk = await this.#chunks?.next();
      if (chunk?.value === undefined) throw new Error("the events ended");
      this.#take(Buffer.from(chunk.value).toString("utf8"));
    }
  }

  #take(text: string): void {
    const parts = (this.#rest + text).split("\n\n");
    this.#rest = parts.pop() ?? "";
    for (const part of parts) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(part)?.[1] ?? "";
      if (field("data") !== "") {
        this.seen.push({ event: field("event"), id: field("id"), data: JSON.parse(field("data")) });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#abort.abort();
  }
}

test("an operation is an event whose id is that of the operation", async () => {
  await using here = await ServedProject.begin(files);
  await using reader = await Reader.open(here);
  const { body: read } = await here.get("/api/context/skills/pdf");
  const { body } = await here.put("/api/context/skills/pdf", { content: "# One\n", base: read.version });
  const told = await reader.until(({ event }) => event === "operation");
  expect(told).toMatchObject({
    id: body.operation,
    data: {
      operation: body.operation,
      kind: "save",
      actor: { name: "ana" },
      artifacts: [{ kind: "skills", name: "pdf" }],
      at: expect.stringMatching(/^\d{4}-/),
    },
  });
  expect(reader.seen.find(({ event }) => event === "status")?.data.watch).toBe("watching");
});

test("an edit on disk by any program arrives, by an unknown writer", async () => {
  await using here = await ServedProject.begin(files);
  await using reader = await Reader.open(here);
  here.project.write(file, "# By an editor\n");
  const told = await reader.until(({ data }) => data.kind === "capture");
  expect(told.data).toMatchObject({
    actor: { kind: "unknown" },
    artifacts: [{ kind: "skills", name: "pdf" }],
  });
});

test("an operation of another process on the same store arrives", async () => {
  await using here = await ServedProject.begin(files);
  await using reader = await Reader.open(here);
  here.project.write(".agents/rules/new.md", "# New\n");
  const { data } = await save(here.project.with({ user: "bob" }));
  const told = await reader.until(({ event }) => event === "operation");
  if (data.operation !== null) expect(told.id).toBe(data.operation);
});

test("whoever comes back with Last-Event-ID is told what came in between; of an unknown one, that there is a gap", async () => {
  await using here = await ServedProject.begin(files);
  const ids: unknown[] = [];
  for (const word of ["one", "two", "three"]) {
    const { body } = await here.put(
      "/api/context/skills/pdf",
      { content: `# ${word}\n` },
      { "if-match": "*" },
    );
    ids.push(body.operation);
  }
  await using reader = await Reader.open(here, String(ids[0]));
  await reader.until(({ id }) => id === ids[2]);
  expect(reader.seen.filter(({ event }) => event === "operation").map(({ id }) => id)).toEqual(ids.slice(1));
  await using lost = await Reader.open(here, "op_00000000000000000000");
  expect((await lost.until(({ event }) => event === "gap")).data.why).toMatch(/not in this log/);
});

import { collectionFilePath } from "../collections/collection-file.ts";
import { isoFromMicros } from "../domain/clock.ts";
import { StetError } from "../domain/errors.ts";
import type { BlobId } from "../domain/ids.ts";
import { limits } from "../domain/limits.ts";
import type { Operation } from "../domain/operations.ts";
import { decodeText } from "../formats/text-shape.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { artifactKey } from "./history/artifact-key.ts";
import { linesOf } from "./history/line-origins.ts";
import { operationsBackward } from "./history/operations-backward.ts";
import { shownText } from "./history/text-diff.ts";
import { type Answer, answer } from "./outcomes.ts";
import { reading } from "./workbench/reading.ts";
import type { Workbench } from "./workbench/workbench.ts";

export interface SearchInput extends CallOptions {
  /** Looked for within one line; upper and lower case count the same. */
  readonly text: string;
  /** Also in every version that was there before. */
  readonly past?: boolean;
}

export interface SearchHit {
  /** `skill/pdf`; the path of a file that belongs to no artifact. */
  readonly artifact: string;
  readonly path: string;
  /** From 1, in the version where it was found. */
  readonly line: number;
  /** The line without its end; secrets are masked, and long lines cut around the text. */
  readonly text: string;
  /** The operation that brought the newest version with this line, and its time; null for what stands now. */
  readonly operation: string | null;
  readonly at: string | null;
}

/**
 * Finds text in the artifacts as they stand and, with `past`, as they once stood: each version is read once, and
 * a line is told once for a file. A secret cannot be found by its own words.
 * Throws E-USAGE for a text that is empty or spans lines.
 */
export async function search(
  environment: Environment,
  input: SearchInput,
): Promise<Answer<{ readonly hits: readonly SearchHit[] }>> {
  if (input.text === "" || /[\r\n]/.test(input.text)) throw noText(input.text);
  return await reading(environment, input, async (bench) => {
    const found = new Search(bench, input.text);
    await found.present();
    if (input.past === true) await found.past();
    found.notice();
    const [first] = found.hits;
    const next =
      first === undefined && input.past !== true ? [`stet search --past ${quoted(input.text)}`] : [];
    return answer({ hits: found.hits }, { notices: bench.notices, next });
  });
}

const hitsMax = 1_000;
const blobsAtOnce = 200;
const lineCharactersMax = 300;

interface Version {
  readonly path: string;
  readonly blob: BlobId;
  readonly operation: Operation | null;
}

class Search {
  readonly #bench: Workbench;
  readonly #wanted: string;
  readonly #seen = new Set<BlobId>();
  readonly #told = new Set<string>();
  readonly hits: SearchHit[] = [];
  #gone = 0;
  #large = 0;

  constructor(bench: Workbench, text: string) {
    this.#bench = bench;
    this.#wanted = text.toLowerCase();
  }

  get #isFull(): boolean {
    return this.hits.length >= hitsMax;
  }

  async present(): Promise<void> {
    const { entries } = await this.#bench.present();
    const versions: Version[] = [];
    for (const [path, { blob, size }] of entries) this.#add(versions, { path, blob, operation: null }, size);
    await this.#look(versions);
  }

  async past(): Promise<void> {
    let versions: Version[] = [];
    for await (const operation of operationsBackward(this.#bench)) {
      for (const { path, target, after } of operation.changes) {
        if (target !== null || after === null) continue;
        this.#add(versions, { path, blob: after.blob, operation }, after.size);
      }
      if (versions.length < blobsAtOnce) continue;
      await this.#look(versions);
      versions = [];
      if (this.#isFull) return;
    }
    await this.#look(versions);
  }

  notice(): void {
    if (this.#isFull) this.#bench.notice("W-MORE", `Only the first ${hitsMax} lines are shown.`);
    if (this.#gone > 0)
      this.#bench.notice("W-PRUNED", `${this.#gone} version(s) were pruned and could not be looked through.`);
    if (this.#large > 0)
      this.#bench.notice("W-LARGE", `${this.#large} file(s) are too large to be looked through.`);
  }

  #add(versions: Version[], version: Version, size: number): void {
    if (version.path === collectionFilePath || this.#seen.has(version.blob)) return;
    this.#seen.add(version.blob);
    if (size > limits.parsedTextBytesMax) this.#large += 1;
    else versions.push(version);
  }

  async #look(versions: readonly Version[]): Promise<void> {
    for (let from = 0; from < versions.length && !this.#isFull; from += blobsAtOnce) {
      const some = versions.slice(from, from + blobsAtOnce);
      const bytes = await this.#bench.store.history.getMany(some.map(({ blob }) => blob));
      for (const [index, version] of some.entries()) {
        const content = bytes[index];
        if (content === undefined) this.#gone += 1;
        else await this.#lookInto(version, content);
      }
    }
  }

  async #lookInto({ path, operation }: Version, bytes: Uint8Array): Promise<void> {
    // The scan for secrets costs far more than a look for the text, so it comes second.
    if (decodeText(bytes)?.toLowerCase().includes(this.#wanted) !== true) return;
    const text = await shownText(path, bytes, this.#bench.allowedSecrets);
    for (const [index, line] of linesOf(text ?? "").entries()) {
      const at = line.toLowerCase().indexOf(this.#wanted);
      const key = `${path}\n${line}`;
      if (at === -1 || this.#isFull || (operation !== null && this.#told.has(key))) continue;
      this.#told.add(key);
      this.hits.push({
        artifact: artifactKey(path) ?? path,
        path,
        line: index + 1,
        text: cutAround(line, at),
        operation: operation?.id ?? null,
        at: operation === null ? null : isoFromMicros(operation.at),
      });
    }
  }
}

function cutAround(line: string, at: number): string {
  if (line.length <= lineCharactersMax) return line;
  const from = Math.max(0, Math.min(at - lineCharactersMax / 3, line.length - lineCharactersMax));
  const cut = line.slice(from, from + lineCharactersMax).toWellFormed();
  return `${from > 0 ? "..." : ""}${cut}${from + lineCharactersMax < line.length ? "..." : ""}`;
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function noText(text: string): StetError {
  return new StetError({
    code: "E-USAGE",
    what: "There is nothing that could be looked for.",
    where: JSON.stringify(text),
    why:
      text === "" ? "The text is empty." : "The text spans several lines, and lines are searched one by one.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet search <text>", summary: "look for a part of one line" }],
  });
}

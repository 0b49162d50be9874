/**
 * Answers that cost a look at everything, kept beside the store so that the same look is not taken twice.
 *
 * Invariants:
 * - an answer is given again only if nothing that it was found from has changed: what was asked, the variables
 *   and the disk that were looked at, and the store, whose files stand for all that is in them. Each file and
 *   folder is asked for its stamp, and the rule is the index's: same stamp, and not racy when it was seen. Of the
 *   store's log the time of a change of its owner or mode does not count: SQLite sets both when it opens it;
 * - an answer with a notice is not kept: some of them tell of what happened while it was found;
 * - what is kept is no record. Any of it may be deleted, damaged or torn at any time: then the look is taken.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FileStamp } from "../../store/checkout-store.ts";
import { type Disk, errorName } from "../../workspace/disk.ts";
import { type DiskNotes, decodeDiskNotes, encodeDiskNotes, stillHolds } from "../../workspace/disk-notes.ts";
import { folderTimesTell } from "../../workspace/folder-times.ts";
import { isRacy } from "../../workspace/index-compare.ts";
import { nodeDisk } from "../../workspace/node-disk.ts";
import { notedDisk } from "../../workspace/noted-disk.ts";
import type { Environment } from "../environment.ts";
import type { Answer } from "../outcomes.ts";

/** What an answer is found with: whatever it rests on has to be asked of these. */
export interface Surroundings {
  readonly environment: Environment;
  readonly disk: Disk;
}

/** Answers of so many folders are kept; one more takes the place of another. */
const slots = 64;
const headBytes = 4;

type Variables = Readonly<Record<string, string | null>>;

interface Kept {
  readonly question: string;
  readonly store: string;
  readonly variables: Variables;
  readonly answer: unknown;
}

/** A question of a use case: its name and whatever of its input the answer depends on. */
export class RememberedAnswer {
  readonly #environment: Environment;
  readonly #disk: Disk;
  readonly #question: string;

  constructor(environment: Environment, useCase: string, input: unknown) {
    const { workingFolder, homeFolder, storeFolder, platform } = environment;
    this.#environment = environment;
    this.#disk = nodeDisk({ platform });
    this.#question = JSON.stringify({ useCase, input, workingFolder, homeFolder, storeFolder, platform });
  }

  /** The answer that was kept, if it is still the answer; else undefined. The caller checks its shape. */
  recall(): unknown {
    const bytes = this.#keptBytes();
    if (bytes === undefined || bytes.length < headBytes) return undefined;
    const notesAt = headBytes + bytes.readUInt32LE(0);
    const kept = readKept(bytes.toString("utf8", headBytes, notesAt));
    if (kept?.question !== this.#question || !this.#sameVariables(kept.variables)) return undefined;
    if (kept.store !== stampText(this.#storeStamps())) return undefined;
    const notes = decodeDiskNotes(bytes.subarray(notesAt));
    return notes !== null && stillHolds(notes, this.#disk) ? kept.answer : undefined;
  }

  /**
   * Finds the answer, and keeps it where it will be known when it is no longer right.
   *
   * @param isSettled false of an answer that tells of something under way, which the next look may finish.
   */
  async find<Data>(
    look: (surroundings: Surroundings) => Promise<Answer<Data>>,
    isSettled: (data: Data) => boolean,
  ): Promise<Answer<Data>> {
    const { clock, platform, variables } = this.#environment;
    const began = clock.now();
    const store = this.#storeStamps();
    const isStoreRacy = store.some((stamp) => stamp !== null && isRacy({ stamp, seenAt: began }));
    const noted = notedDisk({
      disk: this.#disk,
      began,
      tellsOfNames: (folder) => folderTimesTell(platform, folder),
    });
    const asked = new Map<string, string | null>();
    const watched = new Proxy(variables, {
      get(target, name) {
        if (typeof name !== "string") return undefined;
        asked.set(name, target[name] ?? null);
        return target[name];
      },
    });
    const environment = { ...this.#environment, variables: watched };
    const answer = await look({ environment, disk: noted.disk });
    // Another release may answer otherwise, and its files are others.
    noted.disk.lstat(fileURLToPath(import.meta.url));
    const isSame = stampText(store) === stampText(this.#storeStamps());
    const notes = isStoreRacy || !isSame ? null : noted.notes();
    if (notes !== null && answer.notices.length === 0 && isSettled(answer.data)) {
      const kept = {
        question: this.#question,
        store: stampText(store),
        variables: Object.fromEntries(asked),
      };
      this.#keep({ ...kept, answer }, notes);
    }
    return answer;
  }

  /** The files that make up the store; null for one that is not there. */
  #storeStamps(): readonly (FileStamp | null)[] {
    const { storeFolder } = this.#environment;
    const log = this.#disk.lstat(join(storeFolder, "store.db-wal"));
    return [
      this.#disk.lstat(join(storeFolder, "store.db")),
      log === null ? null : { ...log, ctimeNs: log.mtimeNs },
      this.#disk.lstat(join(storeFolder, "config.toml")),
    ];
  }

  #sameVariables(before: Variables): boolean {
    const now = this.#environment.variables;
    return Object.entries(before).every(([name, value]) => (now[name] ?? null) === value);
  }

  #file(): string {
    let slot = 0;
    for (let index = 0; index < this.#question.length; index++) {
      slot = (Math.imul(slot, 31) + this.#question.charCodeAt(index)) >>> 0;
    }
    return join(this.#environment.storeFolder, "answers", String(slot % slots));
  }

  #keptBytes(): Buffer | undefined {
    try {
      return readFileSync(this.#file());
    } catch (error) {
      if (errorName(error) === undefined) throw error;
      return undefined;
    }
  }

  #keep(kept: Kept, notes: DiskNotes): void {
    const head = Buffer.from(JSON.stringify(kept));
    const length = Buffer.alloc(headBytes);
    length.writeUInt32LE(head.length, 0);
    const file = this.#file();
    const staged = `${file}.${this.#environment.processId}.new`;
    try {
      mkdirSync(join(this.#environment.storeFolder, "answers"), { recursive: true, mode: 0o700 });
      writeFileSync(staged, Buffer.concat([length, head, encodeDiskNotes(notes)]), { mode: 0o600 });
      renameSync(staged, file);
    } catch (error) {
      if (errorName(error) === undefined) throw error;
      rmSync(staged, { force: true });
    }
  }
}

function readKept(text: string): Kept | undefined {
  try {
    const kept: unknown = JSON.parse(text);
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: unknown): value is Kept {
  const fields = ["question", "store", "variables", "answer"];
  return typeof value === "object" && value !== null && fields.every((name) => name in value);
}

function stampText(stamps: readonly (FileStamp | null)[]): string {
  const fields = stamps.map((one) =>
    one === null ? null : [one.size, one.mode, one.mtimeNs, one.ctimeNs, one.device, one.inode].map(String),
  );
  return JSON.stringify(fields);
}

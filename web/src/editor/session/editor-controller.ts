import type { ArtifactRead } from "../../../../src/http/schemas/artifact.ts";
import { ApiError } from "../../api/api-error.ts";
import {
  createArtifact,
  readArtifact,
  saveArtifact,
  storeConflict,
  undoOperation,
} from "../../api/artifact.ts";
import type { ArtifactAddress } from "../../api/artifact-address.ts";
import type { LiveMessage } from "../../api/live/live-message.ts";
import type { DraftKeeper } from "../drafts/draft-keeper.ts";
import type { TextProblem } from "../merging/find-problems.ts";
import type { MergeJob } from "../merging/merge-job.ts";
import type { MergeRoom } from "../merging/merge-room.ts";
import type { EditorEvent, Refusal, SaveAnswer } from "./editor-event.ts";
import { reduceEditor } from "./editor-reducer.ts";
import {
  type EditorState,
  type News,
  presentOutlook,
  type Submission,
  sameJob,
  type TextVersion,
  wantedMerge,
} from "./editor-state.ts";

/** Why a text is not edited here: it is none, or a part of it is hidden and would be written back so. */
export class NotEditable extends Error {
  override readonly name = "NotEditable";
  readonly why: "binary" | "masked";

  constructor(why: "binary" | "masked") {
    super(why);
    this.why = why;
  }
}

/** Throws NotEditable. */
export function versionOf({ content, masked, version, mtime_ns, lastChange }: ArtifactRead): TextVersion {
  if (content === null) throw new NotEditable("binary");
  if (masked) throw new NotEditable("masked");
  return {
    version,
    mtimeNs: mtime_ns,
    text: content,
    actor: lastChange?.actor.name ?? null,
    at: lastChange === null ? null : Date.parse(lastChange.at),
  };
}

/** The version of an artifact that is present now. */
async function readPresent(address: ArtifactAddress, signal?: AbortSignal): Promise<TextVersion> {
  return versionOf(await readArtifact(address, signal));
}

/**
 * One open editor: holds its state and does what the state asks for (saving, merging, keeping drafts). It belongs to one
 * artifact and ends with its screen; an answer that comes later goes nowhere (BUGS S6).
 */
export class EditorController {
  readonly address: ArtifactAddress;
  #state: EditorState;
  #problems: readonly TextProblem[] = [];
  readonly #room: MergeRoom;
  readonly #keeper: DraftKeeper;
  readonly #listeners = new Set<() => void>();
  #askedJob: MergeJob | null = null;
  #checkedText: string | null = null;
  #submitted: Submission | null = null;
  #isClosed = false;

  constructor(address: ArtifactAddress, state: EditorState, room: MergeRoom, keeper: DraftKeeper) {
    this.address = address;
    this.#state = state;
    this.#room = room;
    this.#keeper = keeper;
    this.#follow();
  }

  get state(): EditorState {
    return this.#state;
  }

  /** What is to be said of the text as it would be saved. */
  get problems(): readonly TextProblem[] {
    return this.#problems;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly send = (event: EditorEvent): void => {
    if (this.#isClosed) return;
    const before = this.#state;
    this.#state = reduceEditor(before, event);
    if (this.#state === before) return;
    this.#follow();
    this.#tell();
  };

  close(): void {
    this.#isClosed = true;
    this.#keeper.close();
    this.#room.close();
  }

  /** Takes note of what happened elsewhere. */
  async hear(message: LiveMessage): Promise<void> {
    const { kind, name } = this.address;
    const isHere = (one: { kind: string; name: string }) =>
      one.name === name && (one.kind === kind || `${one.kind}s` === kind);
    if (message.type === "operation" && !message.operation.artifacts.some(isHere)) return;
    if (message.type === "health") {
      const isBack = message.health.connection === "up";
      if (isBack && isOffline(this.#state.news)) this.send({ type: "save" });
      return;
    }
    await this.look();
  }

  /** Asks what is present. */
  async look(): Promise<void> {
    try {
      this.send({ type: "arrived", version: await readPresent(this.address), at: Date.now() });
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.send({ type: "gone", actor: null });
    }
  }

  /** Stores the conflict for another time, and only then lets it out of sight. */
  async leave(): Promise<void> {
    const conflict = this.#state.settling?.conflict ?? null;
    if (conflict === null) return;
    try {
      await storeConflict(conflict, this.address);
      this.send({ type: "leave", at: Date.now() });
    } catch (error) {
      this.send({ type: "failed", error });
    }
  }

  /** Takes back what the line above the text says was done. */
  async undo(news: News): Promise<void> {
    if (
      (news.type !== "saved" && news.type !== "merged" && news.type !== "replaced") ||
      news.operation === null
    )
      return;
    try {
      await undoOperation(news.operation, this.address);
      await this.look();
      if (news.type === "merged") this.send({ type: "draft-use", draft: news.mine, at: Date.now() });
    } catch (error) {
      this.send({ type: "failed", error });
    }
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #follow(): void {
    const state = this.#state;
    this.#keeper.note(state);
    const job = wantedMerge(state);
    if (job !== null && (this.#askedJob === null || !sameJob(job, this.#askedJob))) {
      this.#askedJob = job;
      this.#room.merge(job, (outlook) => this.send({ type: "merged", job, outlook }));
    }
    if (state.saving !== null && state.saving !== this.#submitted) void this.#submit(state.saving);
    this.#submitted = state.saving;
    this.#check();
  }

  #check(): void {
    const state = this.#state;
    const outlook = state.settling === null ? null : presentOutlook(state);
    const text = outlook?.text ?? state.text;
    if (text === this.#checkedText) return;
    this.#checkedText = text;
    this.#room.problems(state.path, text, (problems) => {
      if (this.#isClosed) return;
      this.#problems = problems;
      this.#tell();
    });
  }

  async #submit(submission: Submission): Promise<void> {
    try {
      const answer = await this.#put(submission);
      this.send({ type: "saved", answer });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null) {
        this.send({ type: "failed", error });
        return;
      }
      try {
        this.send({ type: "refused", refusal, present: await readPresent(this.address) });
      } catch (later) {
        this.send({ type: "failed", error: later });
      }
    }
  }

  async #put({ content, base, force }: Submission): Promise<SaveAnswer> {
    const body = {
      content,
      base: base.version,
      ...(base.mtimeNs === null ? {} : { mtime_ns: base.mtimeNs }),
    };
    const forced = force === null ? body : { ...body, force: true as const, seen: force.seen };
    const key = crypto.randomUUID();
    const { version, mtime_ns, outcome, operation, ...saved } =
      this.#state.gone === null
        ? await saveArtifact(this.address, forced, key)
        : await createArtifact(this.address, { name: this.address.name, content }, key);
    const at = Date.now();
    const present = { version, mtimeNs: mtime_ns, text: saved.content ?? content, actor: null, at };
    return { outcome, present, operation, at };
  }
}

function isOffline(news: News | null): boolean {
  return news?.type === "failed" && news.error instanceof ApiError && news.error.isOffline;
}

const refusals: readonly Refusal["reason"][] = ["stale_mtime", "conflict", "changed_again", "already_exists"];

/** What a 409 says; null for everything else that was thrown. */
function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const reason = refusals.find((one) => one === fieldOf(error.body, "reason_code")) ?? "conflict";
  const conflict = fieldOf(fieldOf(error.body, "conflict"), "id");
  return { reason, conflict: typeof conflict === "string" ? conflict : null };
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

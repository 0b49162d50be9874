import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeOutlook } from "../merging/compute-outlook.ts";
import type { EditorEvent } from "./editor-event.ts";
import { openedOn, reduceEditor } from "./editor-reducer.ts";
import { type EditorState, isDirty, presentOutlook, type TextVersion, wantedMerge } from "./editor-state.ts";

const path = "skills/lamps/SKILL.md";
const start = "# Lamps\n\n## Usage\n\nTurn it on.\n\n## Care\n\nDust it.\n\n## Notes\n\nNone yet.\n";

/**
 * A server that keeps every version, as the gateway does for one artifact. Everything that anybody writes carries a word
 * of its own, so that afterwards one sees what became of it.
 */
class ModelServer {
  readonly versions: TextVersion[] = [versionOf(0, start, null)];

  get present(): TextVersion {
    return this.versions.at(-1) ?? versionOf(0, start, null);
  }

  write(text: string, actor: string): TextVersion {
    const version = versionOf(this.versions.length, text, actor);
    this.versions.push(version);
    return version;
  }

  submit({ content, base, force }: NonNullable<EditorState["saving"]>): EditorEvent {
    const { present } = this;
    if (force !== null) {
      if (force.seen !== present.version) return refusal("changed_again", present);
      return {
        type: "saved",
        answer: { outcome: "saved", present: this.write(content, "you"), operation: "o", at: 1 },
      };
    }
    if (present.text === content) {
      return { type: "saved", answer: { outcome: "unchanged", present, operation: null, at: 1 } };
    }
    if (present.version === base.version) {
      return {
        type: "saved",
        answer: { outcome: "saved", present: this.write(content, "you"), operation: "o", at: 1 },
      };
    }
    const known = this.versions.find(({ version }) => version === base.version);
    if (known === undefined) throw new Error("a base that no version has");
    const merged = computeOutlook({
      path,
      base: known.text,
      yours: content,
      theirs: present.text,
      choices: new Map(),
    });
    if (merged.open.length > 0) return refusal("conflict", present);
    return {
      type: "saved",
      answer: { outcome: "merged", present: this.write(merged.text, "you"), operation: "o", at: 1 },
    };
  }
}

function versionOf(number: number, text: string, actor: string | null): TextVersion {
  return { version: `v${number}`, mtimeNs: String(number), text, actor, at: number };
}

function refusal(reason: "conflict" | "changed_again", present: TextVersion): EditorEvent {
  return { type: "refused", refusal: { reason, conflict: "c1" }, present };
}

type Step =
  | { readonly do: "type" | "other"; readonly line: number }
  | {
      readonly do: "save" | "answer" | "merge" | "arrive" | "take-in" | "look" | "both" | "reload" | "leave";
    };

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant("type" as const), line: fc.nat(12) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("other" as const), line: fc.nat(12) }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom(
          "save" as const,
          "answer" as const,
          "merge" as const,
          "arrive" as const,
          "take-in" as const,
          "look" as const,
          "both" as const,
          "reload" as const,
          "leave" as const,
        ),
      }),
    },
  ),
  { minLength: 4, maxLength: 30 },
);

class Run {
  readonly server = new ModelServer();
  state = openedOn(path, this.server.present);
  words = 0;
  readonly typed = new Set<string>();
  readonly others = new Set<string>();

  step(step: Step): void {
    switch (step.do) {
      case "type": {
        const word = this.#word("mine", this.typed);
        this.send({ type: "typed", text: withWord(this.state.text, step.line, word) });
        break;
      }
      case "other": {
        const word = this.#word("other", this.others);
        this.server.write(withWord(this.server.present.text, step.line, word), "codex");
        break;
      }
      case "answer":
        this.answer();
        break;
      case "merge":
        this.merge();
        break;
      case "arrive":
        this.send({ type: "arrived", version: this.server.present, at: 1 });
        break;
      case "both":
        for (const key of presentOutlook(this.state)?.open ?? [])
          this.send({ type: "chose", key, choice: "both" });
        break;
      case "reload":
        this.send({ type: "reload-theirs", at: 1 });
        break;
      case "leave":
        this.send({ type: "leave", at: 1 });
        break;
      default:
        this.send({ type: step.do });
    }
  }

  send(event: EditorEvent): void {
    this.state = reduceEditor(this.state, event);
  }

  merge(): void {
    const job = wantedMerge(this.state);
    if (job !== null) this.send({ type: "merged", job, outlook: computeOutlook(job) });
  }

  answer(): void {
    if (this.state.saving !== null) this.send(this.server.submit(this.state.saving));
  }

  #word(writer: string, into: Set<string>): string {
    this.words += 1;
    const word = `${writer}${this.words}x`;
    into.add(word);
    return word;
  }
}

function withWord(text: string, line: number, word: string): string {
  const lines = text.split("\n");
  const at = Math.min(line, lines.length - 1);
  lines[at] = `${lines[at]} ${word}.`;
  return lines.join("\n");
}

describe("an editor among other writers", () => {
  test("loses nothing that was typed, whatever happens in whatever order (BUGS S2, S6)", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const run = new Run();
        for (const step of all) {
          run.step(step);
          const { state, server } = run;
          const kept = [
            state.text,
            state.saving?.content ?? "",
            state.saving?.text ?? "",
            ...state.drafts.map(({ text }) => text),
            ...server.versions.map(({ text }) => text),
          ].join("\n");
          for (const word of run.typed) expect(kept).toContain(word);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("never writes another's words away: without force they stay in what is present (BUGS S3, S8)", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const run = new Run();
        for (const step of all) {
          run.step(step);
          for (const word of run.others) expect(run.server.present.text).toContain(word);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test("a save that is answered before anything else is typed leaves the editor clean, or asks", () => {
    fc.assert(
      fc.property(steps, (all) => {
        const run = new Run();
        for (const step of all) run.step(step);
        run.answer();
        run.send({ type: "arrived", version: run.server.present, at: 1 });
        run.merge();
        run.send({ type: "save" });
        run.answer();
        const { state } = run;
        expect(state.saving).toBeNull();
        expect(isDirty(state) && state.settling === null && state.theirs === null).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test("what is typed after a refusal is in what is saved next (BUGS S6)", () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(12), fc.nat(12), (mine, theirs, later) => {
        const run = new Run();
        run.step({ do: "type", line: mine });
        run.step({ do: "other", line: theirs });
        run.step({ do: "save" });
        run.step({ do: "answer" });
        run.step({ do: "type", line: later });
        for (let round = 0; round < 3; round += 1) {
          run.step({ do: "arrive" });
          run.step({ do: "merge" });
          run.step({ do: "both" });
          run.step({ do: "merge" });
          run.step({ do: "save" });
          run.step({ do: "answer" });
        }
        for (const word of [...run.typed, ...run.others]) expect(run.server.present.text).toContain(word);
      }),
      { numRuns: 1_000 },
    );
  });
});

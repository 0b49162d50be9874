/**
 * Merging JSON, JSONC, TOML and YAML by key path: 2,000 pairs of edits with known answers on documents as people have
 * them, and how long a document of 2,000 keys takes.
 */
import { sameValue } from "../../../src/formats/format-value.ts";
import { writeJson } from "../../../src/formats/jsonc-document.ts";
import { writeToml } from "../../../src/formats/toml-write.ts";
import { writeYaml } from "../../../src/formats/yaml-write.ts";
import { mergeData } from "../../../src/merge/data/merge-data.ts";
import { type DataFormat, documentOf } from "../../../src/merge/data/value-text.ts";
import { type Row, report, shownNumber } from "../report.ts";
import { randomFrom } from "../skill-files.ts";
import {
  type KnownMerge,
  knownMerge,
  type Spot,
  type SpottedDocument,
  spotsOf,
  type Writer,
} from "../spotted-document.ts";
import { corpusSamples, samples } from "../spotted-samples.ts";
import { spreadOf } from "../spread.ts";

const pairs = 2000;
const seed = 20_261_122;
const millisecondsMax = 50;

type Outcome = "right" | "stopped" | "wrong";

/** What one merge came to, and whether its bytes are the ones that were to be expected. */
function judged(document: SpottedDocument, known: KnownMerge): { outcome: Outcome; sameBytes: boolean } {
  const options = { format: document.format, wherePrefix: "" };
  const merged = mergeData(known.base, known.yours, known.theirs, options);
  if (merged === null) return { outcome: "wrong", sameBytes: false };
  if (merged.units.length > known.asked) return { outcome: "stopped", sameBytes: false };
  const choices = new Map(merged.units.map(({ key }) => [key, "yours" as const]));
  const settled = mergeData(known.base, known.yours, known.theirs, { ...options, choices });
  const isRight =
    merged.units.length === known.asked &&
    isSame(document.format, merged.text, known.merged) &&
    settled?.units.length === 0 &&
    isSame(document.format, settled.text, known.settledAsYours) &&
    known.merged.split("\n").every((line) => merged.text.includes(commentOf(line)));
  return { outcome: isRight ? "right" : "wrong", sameBytes: merged.text === known.merged };
}

function isSame(format: DataFormat, one: string, other: string): boolean {
  const { parse } = documentOf(format);
  const value = parse(one).value;
  return value !== undefined && sameValue(value, parse(other).value);
}

function commentOf(line: string): string {
  return /(?<=^|\s)(?:#|\/\/|\/\*).*/.exec(line)?.[0] ?? "";
}

/** Two to six spots, each changed by somebody. */
function someWriters(document: SpottedDocument, random: () => number): ReadonlyMap<Spot, Writer> {
  const kinds: readonly Writer[] = ["yours", "theirs", "yours", "theirs", "both", "both alike"];
  const spots = spotsOf(document);
  const writers = new Map<Spot, Writer>();
  for (let count = 2 + Math.floor(random() * 5); count > 0; count--) {
    const spot = spots[Math.floor(random() * spots.length)];
    const writer = kinds[Math.floor(random() * kinds.length)];
    if (spot !== undefined && writer !== undefined) writers.set(spot, writer);
  }
  return writers;
}

function pairRow(): Row {
  const random = randomFrom(seed);
  const real = corpusSamples();
  const counts = { right: 0, stopped: 0, wrong: 0 };
  let sameBytes = 0;
  let asked = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const from = pair % 3 === 0 && real.length > 0 ? real : samples;
    const document = from[Math.floor(random() * from.length)];
    if (document === undefined) continue;
    const known = knownMerge(document, someWriters(document, random));
    const judgement = judged(document, known);
    counts[judgement.outcome] += 1;
    if (judgement.sameBytes) sameBytes += 1;
    if (known.asked > 0) asked += 1;
    if (judgement.outcome !== "right") {
      process.stdout.write(`${judgement.outcome}: pair ${pair} of seed ${seed}, ${document.name}\n`);
    }
  }
  return {
    job: `${pairs} pairs of edits with known answers, JSON, JSONC, TOML and YAML`,
    measured: `${counts.right} right, ${counts.stopped} stopped without need, ${counts.wrong} wrong`,
    goal: "0 wrong, 0 stopped without need",
    reached: counts.wrong === 0 && counts.stopped === 0,
    note: `seed ${seed}; ${asked} had to stop, and did; ${sameBytes} byte for byte as expected; ${real.length} real frontmatters among the bases`,
  };
}

const groups = 100;
const keysOfGroup = 20;

function largeDocument(): Record<string, Record<string, string>> {
  const group = (name: number) =>
    Object.fromEntries(
      Array.from({ length: keysOfGroup }, (_, key) => [`key${key}`, `value of ${name} and ${key}`]),
    );
  return Object.fromEntries(Array.from({ length: groups }, (_, name) => [`group${name}`, group(name)]));
}

/** Ten values changed on each side, two of them in neighbouring lines, and a key added at one place by both. */
function largeRow(format: DataFormat, write: typeof writeJson): Row {
  const written = write(largeDocument());
  if (!written.ok) throw new Error(written.problem.message);
  const base = written.text;
  const changed = (text: string, offset: number, word: string) => {
    let result = text;
    for (let index = 0; index < 10; index++) {
      const value = `value of ${index * 9 + (index === 0 ? 0 : offset)} and ${3 + offset}`;
      result = result.replace(new RegExp(`${value}(?!\\d)`), `${word} ${index}`);
    }
    return result;
  };
  const added = (text: string, word: string) => {
    const edited = documentOf(format).edit(text, [{ path: ["group50", word], value: word }]);
    return edited.ok ? edited.text : text;
  };
  const yours = added(changed(base, 0, "mine"), "mine");
  const theirs = added(changed(base, 1, "theirs"), "theirs");
  const times: number[] = [];
  for (let run = 0; run < 15; run++) {
    const before = process.cpuUsage();
    const merged = mergeData(base, yours, theirs, { format, wherePrefix: "" });
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
    if (merged === null || merged.units.length > 0) throw new Error(`${format}: stopped`);
  }
  const { median, least, most } = spreadOf(times);
  return {
    job: `merging ${groups * keysOfGroup} keys of ${format}, 11 edits on each side, CPU`,
    measured: `${shownNumber(median)} ms (${shownNumber(least)} to ${shownNumber(most)})`,
    goal: `at most ${millisecondsMax} ms`,
    reached: median <= millisecondsMax,
    note: `${base.length} characters; the first run is cold`,
  };
}

report([pairRow(), largeRow("json", writeJson), largeRow("toml", writeToml), largeRow("yaml", writeYaml)]);

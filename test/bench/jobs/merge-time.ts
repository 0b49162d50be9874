/**
 * How long a merge of 10,000 lines with 10 edits on each side takes, beside `git merge-file` on the same texts in the same
 * run; and texts that are hard on a diff, which must stay within the hard bound and become units.
 */
import { merge } from "../../../src/merge/merge.ts";
import { benchFolder } from "../bench-folder.ts";
import { gitMergeFile } from "../merge/git-merge-file.ts";
import { type Row, report, shownNumber } from "../report.ts";
import { randomFrom } from "../skill-files.ts";
import { quantile, spreadOf } from "../spread.ts";

const lines = 10_000;
const editsEach = 10;
const rounds = 200;
const gitRounds = 40;
const warmRounds = 10;
const goalMilliseconds = 50;
const boundMilliseconds = 500;
const words = "when a skill is saved its version is kept and every reader of the log sees who wrote it".split(
  " ",
);

using folder = benchFolder();
report([usualRow(), ...hardRows()]);

interface Texts {
  readonly base: string;
  readonly yours: string;
  readonly theirs: string;
}

/** A document of sections, lists, code and blank lines, in which every eighth line is like others. */
function document(random: () => number): readonly string[] {
  return Array.from({ length: lines }, (_, line) => {
    if (line % 40 === 0) return `## Step ${line}`;
    if (line % 8 === 1) return "";
    if (line % 40 === 17 || line % 40 === 21) return "```";
    const sentence = Array.from({ length: 12 }, () => words[Math.floor(random() * words.length)]).join(" ");
    return line % 5 === 0 ? `- ${sentence}` : `${sentence} ${line}.`;
  });
}

/** Replaces, adds and removes lines, a third each. */
function edited(document: readonly string[], side: string, random: () => number): string {
  const result = document.map((line) => [line]);
  for (let edit = 0; edit < editsEach; edit++) {
    const at = Math.floor(random() * lines);
    const kind = edit % 3;
    result[at] =
      kind === 0
        ? [`${side} wrote this line, number ${edit}.`]
        : kind === 1
          ? [...(result[at] ?? []), `${side} added ${edit}.`]
          : [];
  }
  return `${result.flat().join("\n")}\n`;
}

function texts(random: () => number): Texts {
  const base = document(random);
  return {
    base: `${base.join("\n")}\n`,
    yours: edited(base, "yours", random),
    theirs: edited(base, "theirs", random),
  };
}

function usualRow(): Row {
  const random = randomFrom(20_261_122);
  for (let round = 0; round < warmRounds; round++) merge(texts(random), { format: "markdown" });
  const ours: number[] = [];
  const git: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const sides = texts(random);
    const before = process.cpuUsage();
    const begin = performance.now();
    merge(sides, { format: "markdown" });
    ours.push(performance.now() - begin);
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1000);
    if (round < gitRounds) git.push(gitMergeFile(folder.path, sides).milliseconds);
  }
  const worst = quantile(ours, 0.99);
  return {
    job: `${lines.toLocaleString("en")} lines, ${editsEach} edits on each side: 99th percentile`,
    measured: `${shownNumber(worst)} ms`,
    goal: `at most ${goalMilliseconds} ms`,
    reached: worst <= goalMilliseconds,
    note: `median ${shownNumber(spreadOf(ours).median)}, longest ${shownNumber(spreadOf(ours).most)} ms of ${rounds} after ${warmRounds} to warm up; git merge-file, its process and files included: median ${shownNumber(spreadOf(git).median)}, 99th percentile ${shownNumber(quantile(git, 0.99))} ms; processor time: median ${shownNumber(spreadOf(processor).median)}, 99th percentile ${shownNumber(quantile(processor, 0.99))} ms`,
  };
}

function hardRows(): readonly Row[] {
  const random = randomFrom(7);
  const noise = (kinds: number) =>
    `${Array.from({ length: lines }, () => `line ${Math.floor(random() * kinds)}`).join("\n")}\n`;
  const hard: readonly (readonly [string, () => Texts])[] = [
    ["ten kinds of lines in random order", () => ({ base: noise(10), yours: noise(10), theirs: noise(10) })],
    ["half of the lines rewritten", () => ({ base: noise(9000), yours: noise(9000), theirs: noise(9000) })],
    [
      "one line of 2 MB on each side",
      () => ({ base: "a. ".repeat(700_000), yours: "b. ".repeat(700_000), theirs: "a. b. ".repeat(350_000) }),
    ],
  ];
  return hard.map(([name, make]) => {
    const times = Array.from({ length: 5 }, () => {
      const sides = make();
      const begin = performance.now();
      merge(sides, { format: "markdown" });
      return performance.now() - begin;
    });
    const { median, most } = spreadOf(times);
    return {
      job: `${lines.toLocaleString("en")} lines, ${name}: longest`,
      measured: `${shownNumber(most)} ms`,
      goal: `at most ${boundMilliseconds} ms`,
      reached: most <= boundMilliseconds,
      note: `median ${shownNumber(median)} ms of ${times.length}`,
    };
  });
}

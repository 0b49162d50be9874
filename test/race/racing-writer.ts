/**
 * A writer that knows nothing of stet. For every line `<round> <delay>` on standard input it writes its own
 * text once to each file of the round, by rename or in place, and answers `<round>`.
 *
 *     node racing-writer.ts <folder> <files>
 */
import { closeSync, openSync, renameSync, writeFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { racerText } from "./racer-text.ts";

const [, , folder = "", files = "0"] = process.argv;

function spin(microseconds: number): void {
  const end = performance.now() + microseconds / 1000;
  while (performance.now() < end);
}

function writeOne(file: string, text: string, inPlace: boolean): void {
  if (inPlace) {
    const descriptor = openSync(file, "w");
    spin(Math.random() * 100);
    writeSync(descriptor, text);
    closeSync(descriptor);
  } else {
    writeFileSync(`${file}.racer~`, text);
    renameSync(`${file}.racer~`, file);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [round = "", delay = "0"] = line.split(" ");
  spin(Number(delay));
  for (let number = 0; number < Number(files); number++) {
    writeOne(`${folder}/file-${number}.md`, racerText(Number(round), number), number % 2 === 1);
    spin(Math.random() * 60);
  }
  process.stdout.write(`${round}\n`);
}

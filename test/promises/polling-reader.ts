/**
 * A program that reads what a runtime would, over and over: `node polling-reader.ts <skills folder>`.
 * Prints a line for each thing that it saw and should not have, and at its end the number of looks.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { skillFiles } from "./skill-files.ts";

const [, , folder = ""] = process.argv;
let looks = 0;
let goesOn = true;
process.stdin.on("data", () => {
  goesOn = false;
});

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function lookAt(skill: string): void {
  const found = skillFiles.map((name) => read(join(folder, skill, name)));
  for (const [index, text] of found.entries()) {
    if (text === null) console.log(`${skill} is there without ${skillFiles[index]}`);
    // Each version of a file is one letter many times over, between two marks.
    else if (!/^---\nname: (\w+)\ndescription: b\n---\n((.)\3{78}\n)\2{599}end\n$/.test(text)) {
      console.log(`${skill}/${skillFiles[index]} was seen half written: ${text.length} characters`);
    }
  }
}

process.stdout.write("ready\n");
while (goesOn) {
  for (const skill of readdirSync(folder)) lookAt(skill);
  looks++;
  await new Promise((resolve) => setTimeout(resolve, 1));
}
console.log(`looks ${looks}`);
process.exit(0);

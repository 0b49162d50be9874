import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What each file of a made skill holds, in bytes. */
export const fileBytes = 4096;

const words = (
  "the agent reads every file before it writes a plan and asks when something is unclear or missing in the " +
  "request tests run twice after each change so that a reviewer sees what was done and why it was needed"
).split(" ");

/** Numbers in [0, 1) that are the same in every run (xorshift32, Marsaglia 2003). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Markdown prose that compresses about as instructions do, cut to `size` bytes. */
export function proseOf(random: () => number, head: string, size: number): string {
  let text = head;
  while (text.length < size) text += `${lineOf(random)}\n`;
  return `${text.slice(0, size - 1)}\n`;
}

/** One line of prose; one in ten words is rare. */
export function lineOf(random: () => number): string {
  if (random() < 0.08) return `\n## Step ${Math.floor(random() * 10_000)}\n`;
  const line: string[] = [];
  for (let count = 6 + Math.floor(random() * 8); count > 0; count--) {
    const word = words[Math.floor(random() * words.length)] ?? "";
    line.push(random() < 0.1 ? `${word}-${Math.floor(random() * 1_000_000).toString(36)}` : word);
  }
  return line.join(" ");
}

/** Writes skills below a folder, each with a SKILL.md and further files, of 4 KB each. */
export function writeSkills(folder: string, count: number, filesEach: number): void {
  const random = randomFrom(count * 31 + filesEach);
  for (let index = 0; index < count; index++) {
    const name = skillName(index);
    const head = `---\nname: ${name}\ndescription: Use when the request is about subject ${index}.\n---\n\n# ${name}\n`;
    write(join(folder, name, "SKILL.md"), proseOf(random, head, fileBytes));
    for (let part = 1; part < filesEach; part++) {
      const file = join(folder, name, "references", `part-${part}.md`);
      write(file, proseOf(random, `# Part ${part} of ${name}\n`, fileBytes));
    }
  }
}

export function skillName(index: number): string {
  return `skill-${String(index).padStart(5, "0")}`;
}

/** Adds a line to the main file of some skills, spread over all of them. */
export function editSkills(folder: string, total: number, count: number, text: string): void {
  for (let index = 0; index < count; index++) {
    const name = skillName(Math.floor(((index + 0.5) * total) / count));
    appendFileSync(join(folder, name, "SKILL.md"), `${text}\n`);
  }
}

/** Puts a made-up token into one skill, as a secret that the scan has to find. */
export function plantSecret(folder: string, index: number): void {
  const random = randomFrom(7);
  const letters = Array.from({ length: 36 }, () => Math.floor(random() * 36).toString(36)).join("");
  const file = join(folder, skillName(index), "references", "part-1.md");
  writeFileSync(file, `token: gh${"p"}_${letters}\n${readFileSync(file, "utf8")}`.slice(0, fileBytes));
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Files of a skill that a reader expects to find all together. */
export const skillFiles = ["SKILL.md", "one.md", "two.md", "deep/three.md"] as const;

/** A version of a file: one letter, often enough that it is not written at one stroke. */
export function longText(name: string, letter: string): string {
  return `---\nname: ${name}\ndescription: b\n---\n${`${letter.repeat(79)}\n`.repeat(600)}end\n`;
}

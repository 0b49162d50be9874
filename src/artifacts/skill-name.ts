import { limits } from "../domain/limits.ts";

/** Why a declared name breaks the specification's rule. */
export interface SkillNameProblem {
  readonly message: string;
  /** The rule's prose says `a-z`, its reference validator takes letters of any script: a warning, no error. */
  readonly onlyNotAscii: boolean;
}

/**
 * Judges a declared name by the Agent Skills specification, field `name`; null where it keeps the rule:
 * 1 to 64 characters, lower-case letters, digits and hyphens, no hyphen at an end and no two together.
 */
export function skillNameProblem(name: string): SkillNameProblem | null {
  const normal = name.normalize("NFKC");
  const told = (message: string) => ({ message, onlyNotAscii: false });
  const length = [...normal].length;
  if (length === 0) return told("is empty");
  if (length > limits.nameSegmentCharactersMax) {
    return told(`has ${length} characters, at most ${limits.nameSegmentCharactersMax} are allowed`);
  }
  if (normal !== normal.toLowerCase()) return told("has upper-case letters");
  if (!/^[\p{L}\p{N}-]+$/u.test(normal)) return told("has characters other than letters, digits and hyphens");
  if (normal.startsWith("-") || normal.endsWith("-")) return told("begins or ends with a hyphen");
  if (normal.includes("--")) return told("has two hyphens together");
  if (/^[a-z0-9-]+$/.test(normal)) return null;
  return { message: "has letters outside a to z, which not every runtime takes", onlyNotAscii: true };
}

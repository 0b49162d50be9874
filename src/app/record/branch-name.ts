const segmentPattern = /^[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u;
const nameCharactersMax = 100;

/** Why a text cannot name a new branch; null where it can. It has to be safe in a ref, a URL and a command line. */
export function branchNameProblem(name: string): string | null {
  if (name === "") return "It is empty.";
  if (name.length > nameCharactersMax) return `It is longer than ${nameCharactersMax} characters.`;
  const odd = name.split("/").find((one) => !segmentPattern.test(one) || one.endsWith("."));
  if (odd === undefined) return null;
  return `A part of it is ${JSON.stringify(odd)}: parts hold letters, digits, _ . - and begin with no dot or hyphen.`;
}

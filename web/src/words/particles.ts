import { josa } from "es-hangul";

/** The pairs of particles that the page needs: first after a consonant, second after a vowel. */
export type Particle = "을/를" | "이/가" | "은/는" | "와/과" | "으로/로";

/** A syllable that ends as the digit does when it is read aloud: 영, 일, 이, 삼, 사, 오, 육, 칠, 팔, 구. */
const digitSounds = [..."영일이삼사오육칠팔구"];

/**
 * A word with the particle that fits it, for words that are not Korean too: names of programs, numbers. es-hangul knows
 * the rules of Hangul; what a Latin name sounds like at its end is guessed by its letters, as a Korean reader does.
 */
export function withParticle(word: string, particle: Particle): string {
  return word + josa.pick(soundOf(word), particle);
}

/** A Hangul syllable with the ending that the word is heard with. */
function soundOf(word: string): string {
  const [last = ""] = word.replace(/[^\p{L}\p{N}]+$/u, "").slice(-1);
  if (/[가-힣]/.test(last)) return last;
  const digit = digitSounds[Number.parseInt(last, 10)];
  if (digit !== undefined) return digit;
  const ending = word.toLowerCase().replace(/[^a-z]+$/, "");
  if (/(l|le)$/.test(ending)) return "를";
  if (/(m|n|ng|me|ne)$/.test(ending)) return "는";
  return /[aeiou](b|c|ck|g|k|p|t)$/.test(ending) ? "각" : "가";
}

import { en } from "./en.ts";
import type { Language } from "./language.ts";
import type { Words } from "./words.ts";

/** English is in the first chunk, so that there is always something to say; others come when they are wanted. */
export async function loadWords(language: Language): Promise<Words> {
  return language === "ko" ? (await import("./ko.ts")).ko : en;
}

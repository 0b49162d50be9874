export const languages = ["en", "ko"] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name, so that whoever reads it finds it. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", ko: "한국어" };

/** The first of `wanted` (language tags, the dearest first) that the page speaks. */
export function spokenLanguage(wanted: readonly (string | null)[]): Language {
  for (const tag of wanted) {
    const found = languages.find((language) => tag?.toLowerCase().split("-")[0] === language);
    if (found !== undefined) return found;
  }
  return "en";
}

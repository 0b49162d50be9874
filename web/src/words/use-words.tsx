import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { en } from "./en.ts";
import { type Language, spokenLanguage } from "./language.ts";
import { loadWords } from "./load-words.ts";
import { type Times, timesIn } from "./times.ts";
import type { Words } from "./words.ts";

interface Speech {
  readonly language: Language;
  readonly words: Words;
  readonly times: Times;
  readonly speak: (language: Language) => void;
}

const Context = createContext<Speech>({
  language: "en",
  words: en,
  times: timesIn("en"),
  speak: () => undefined,
});

const storageKey = "stet.language";

/** The language that was chosen here before, else the first that the browser asks for. */
export function preferredLanguage(): Language {
  return spokenLanguage([localStorage.getItem(storageKey), ...navigator.languages]);
}

/** Gives the page its words. `initial` was loaded before the first paint, so that no other language flashes up. */
export function Spoken(props: {
  readonly initial: { readonly language: Language; readonly words: Words };
  readonly children: ReactNode;
}) {
  const [spoken, setSpoken] = useState(props.initial);
  const { language, words } = spoken;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo(
    (): Speech => ({
      language,
      words,
      times: timesIn(language),
      speak(wanted) {
        localStorage.setItem(storageKey, wanted);
        void loadWords(wanted).then((loaded) => setSpoken({ language: wanted, words: loaded }));
      },
    }),
    [language, words],
  );
  return <Context value={speech}>{props.children}</Context>;
}

export function useWords(): Words {
  return use(Context).words;
}

export function useTimes(): Times {
  return use(Context).times;
}

export function useLanguage(): Pick<Speech, "language" | "speak"> {
  return use(Context);
}

import { type Language, languageNames, languages } from "../words/language.ts";
import { useLanguage, useWords } from "../words/use-words.tsx";
import { type Theme, themes, useTheme } from "./theme.ts";
import "./appearance.css";
import "../design/button.css";

const panelId = "appearance";

/** Language and theme, behind one button. The browser's own popover closes it by Escape and by a click beside. */
export function Appearance() {
  const words = useWords();
  const { language, speak } = useLanguage();
  const [theme, setTheme] = useTheme();
  const themeNames: Readonly<Record<Theme, string>> = {
    system: words.shell.themeSystem,
    light: words.shell.themeLight,
    dark: words.shell.themeDark,
  };
  return (
    <>
      <button
        type="button"
        className="button appearance-button"
        data-tone="quiet"
        popoverTarget={panelId}
        aria-label={words.shell.settings}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M8 1.5a6.5 6.5 0 1 0 0 13z" fill="currentColor" />
          <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </button>
      <section id={panelId} popover="auto" className="appearance" aria-label={words.shell.settings}>
        <Choice
          legend={words.shell.language}
          name="language"
          options={languages.map((one) => ({ value: one, label: languageNames[one], lang: one }))}
          chosen={language}
          onChoose={(value: Language) => speak(value)}
        />
        <Choice
          legend={words.shell.theme}
          name="theme"
          options={themes.map((one) => ({ value: one, label: themeNames[one] }))}
          chosen={theme}
          onChoose={(value: Theme) => setTheme(value)}
        />
      </section>
    </>
  );
}

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly lang?: string }[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
}

function Choice<Value extends string>({ legend, name, options, chosen, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset className="appearance-choice">
      <legend>{legend}</legend>
      {options.map(({ value, label, lang }) => (
        <label key={value} lang={lang}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

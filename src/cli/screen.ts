/** How text for one stream should look. Data only, so that rendering is a pure function of it. */
export interface Screen {
  /** Whether a person looks at it: times are relative there, else ISO 8601. */
  readonly terminal: boolean;
  readonly colour: boolean;
  /** False where glyphs outside ASCII would not be shown. */
  readonly unicode: boolean;
  /** Columns; Infinity where nothing is cut. */
  readonly width: number;
  /** Microseconds since 1970: what relative times count from. */
  readonly now: number;
}

export type ColourChoice = "auto" | "always" | "never";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The look of a stream: `--color` first, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal.
 */
export function screenOf(
  stream: { readonly isTTY?: boolean; readonly columns?: number | undefined },
  variables: Variables,
  choice: ColourChoice,
  now: number,
): Screen {
  const terminal = stream.isTTY === true;
  // A terminal that does not know its size says 0.
  return {
    terminal,
    colour: wantsColour(choice, variables, terminal),
    unicode: speaksUnicode(variables),
    width: terminal ? Math.max(stream.columns || 80, 40) : Number.POSITIVE_INFINITY,
    now,
  };
}

function wantsColour(choice: ColourChoice, variables: Variables, terminal: boolean): boolean {
  if (choice !== "auto") return choice === "always";
  if ((variables.NO_COLOR ?? "") !== "") return false;
  const forced = variables.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return terminal && variables.TERM !== "dumb";
}

/** Only a locale that names another encoding speaks against it: in containers none is set, and UTF-8 works. */
function speaksUnicode(variables: Variables): boolean {
  if (variables.TERM === "dumb") return false;
  const locale = [variables.LC_ALL, variables.LC_CTYPE, variables.LANG].find((one) => one);
  return locale === undefined || /utf-?8/i.test(locale);
}

import type { Language } from "./language.ts";

/** How points in time are said. All take milliseconds since 1970. */
export interface Times {
  /** `14:02`. */
  readonly clock: (at: number) => string;
  /** `22 November 2026, 14:02`. */
  readonly full: (at: number) => string;
  /** `14:02` today, `21 Nov, 14:02` this year, else with the year. */
  readonly short: (at: number, now: number) => string;
  /** `Sunday, 22 November 2026`. */
  readonly day: (at: number) => string;
  /** `3 minutes ago`. */
  readonly ago: (at: number, now: number) => string;
}

const steps = [
  { unit: "second", milliseconds: 1000, below: 60 },
  { unit: "minute", milliseconds: 60_000, below: 60 },
  { unit: "hour", milliseconds: 3_600_000, below: 24 },
  { unit: "day", milliseconds: 86_400_000, below: 30 },
  { unit: "month", milliseconds: 2_592_000_000, below: 12 },
] as const;

export function timesIn(language: Language, timeZone?: string): Times {
  const locale = language === "en" ? "en-GB" : "ko-KR";
  const zone = timeZone === undefined ? {} : { timeZone };
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...zone, ...options });
  const clock = format({ hour: "2-digit", minute: "2-digit", hour12: false });
  const full = format({ dateStyle: "long", timeStyle: "short" });
  const thisYear = format({
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
  const older = format({ day: "numeric", month: "short", year: "numeric" });
  const day = format({ year: "numeric", month: "numeric", day: "numeric" });
  const longDay = format({ dateStyle: "full" });
  const year = format({ year: "numeric" });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return {
    clock: (at) => clock.format(at),
    full: (at) => full.format(at),
    day: (at) => longDay.format(at),
    short(at, now) {
      if (day.format(at) === day.format(now)) return clock.format(at);
      return (year.format(at) === year.format(now) ? thisYear : older).format(at);
    },
    ago(at, now) {
      const passed = Math.max(0, now - at);
      for (const { unit, milliseconds, below } of steps) {
        const count = Math.floor(passed / milliseconds);
        if (count < below) return relative.format(-count, unit);
      }
      return relative.format(-Math.floor(passed / 31_536_000_000), "year");
    },
  };
}

import type { Rolldown } from "tsdown";

/**
 * zod brings its messages in fifty languages, a third of a megabyte, and whatever exports the whole of it keeps them
 * all. What stet says of bad input it says in its own words, so English is enough.
 */
export function englishOnly(): Rolldown.Plugin {
  return {
    name: "stet:english-only",
    load: {
      filter: { id: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ },
      handler: () => 'export { default as en } from "./en.js";\n',
    },
  };
}

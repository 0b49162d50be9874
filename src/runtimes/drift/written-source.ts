/**
 * What a `WrittenEntry.source` says: the canonical version, and whether the file was there before stet was
 * (`adopted`: found to agree) or was written by it. Only what stet wrote may it delete unasked for by name.
 */
export interface WrittenSource {
  readonly version: string;
  /** What beside the version decided what was written: an override's blob, fields that are ignored. Null for neither. */
  readonly besides: string | null;
  readonly adopted: boolean;
}

const adoptedPrefix = "adopted:";

export function formatWrittenSource({ version, besides, adopted }: WrittenSource): string {
  const source = besides === null ? version : `${version}+${besides}`;
  return adopted ? adoptedPrefix + source : source;
}

export function parseWrittenSource(source: string): WrittenSource {
  const adopted = source.startsWith(adoptedPrefix);
  const text = adopted ? source.slice(adoptedPrefix.length) : source;
  const plus = text.indexOf("+");
  if (plus < 0) return { version: text, besides: null, adopted };
  return { version: text.slice(0, plus), besides: text.slice(plus + 1), adopted };
}

/**
 * What a `WrittenEntry.source` says: the canonical version, and whether the file was there before stet was
 * (`adopted`: found to agree) or was written by it. Only what stet wrote may it delete unasked for by name.
 */
export interface WrittenSource {
  readonly version: string;
  readonly adopted: boolean;
}

const adoptedPrefix = "adopted:";

export function formatWrittenSource({ version, adopted }: WrittenSource): string {
  return adopted ? adoptedPrefix + version : version;
}

export function parseWrittenSource(source: string): WrittenSource {
  const adopted = source.startsWith(adoptedPrefix);
  return { version: adopted ? source.slice(adoptedPrefix.length) : source, adopted };
}

/**
 * Addresses as they may be shown: a token in one never ends up in an error, a log or the lock (BUGS U4).
 */

/** The address without user, password, query and fragment. What is no URL is shown up to its first blank. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return withoutCredentials(address.split(/[\s?#]/, 1)[0] ?? "");
  const url = new URL(address);
  const hasSecrets = url.search !== "";
  url.username = "";
  url.password = "";
  url.search = "";
  url.hash = "";
  return `${url.href}${hasSecrets ? "?..." : ""}`;
}

/** A text, such as another program's error, without whatever stands before an `@` in a URL, and without queries. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*(?:@[^\s/@]*)*@/gi, "$1")
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s?#'"]*)[?#][^\s'"]*/gi, "$1?...");
}

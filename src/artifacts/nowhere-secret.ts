import type { ReportedSecret } from "./secret-rules.ts";

/**
 * Hosts that a password cannot be used against from anywhere else: this very machine, and the names that are
 * reserved for examples and tests (RFC 2606, RFC 6761).
 */
const nowhere =
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|(?:.+\.)?(?:example|test|invalid|localhost)|(?:.+\.)?example\.(?:com|net|org))$/i;

/** Whether a reported secret opens nothing: the address of a database on the reader's own machine, or of an example. */
export function opensNothing(text: string, { rule, start, end }: ReportedSecret): boolean {
  if (rule !== "database-connection-string") return false;
  const address = text.slice(start, end);
  const host = /@(\[[^\]]*\]|[^:/?#\s"']+)(?:[:/?#]|$)/.exec(address.slice(address.lastIndexOf("@")))?.[1];
  return host !== undefined && nowhere.test(host);
}

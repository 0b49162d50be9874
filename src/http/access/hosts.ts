import { isIP } from "node:net";

/** The name in a Host header, without port and brackets; null where it cannot be read. */
export function hostName(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:/?#@[\]]+))(?::\d{1,5})?$/i.exec(header ?? "");
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

export function isLoopbackName(name: string): boolean {
  if (name === "localhost" || name === "::1" || name === "::ffff:127.0.0.1") return true;
  return isIP(name) === 4 && name.startsWith("127.");
}

/**
 * Whether a server may answer to that name. A page of another origin reaches a server here by a name that it has led
 * to this address (DNS rebinding): so only names that nobody else can lead here are answered to.
 */
export function isOwnHost(name: string, listensOn: string): boolean {
  if (isLoopbackName(name)) return true;
  return !isLoopbackName(listensOn) && (name === listensOn.toLowerCase() || isIP(name) !== 0);
}

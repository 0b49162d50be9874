/**
 * Where third-party artifacts come from, as it is typed and as the manifest keeps it.
 *
 * `formatSource(parseSource(text))` is a fixed point: what the manifest keeps is read as what was typed.
 */

export type SourceAddress =
  | { readonly kind: "git"; readonly url: string }
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "archive"; readonly location: string }
  | { readonly kind: "npm"; readonly name: string }
  /** A plugin of a marketplace, which is itself in a repository or folder. */
  | { readonly kind: "marketplace"; readonly of: string; readonly plugin: string };

/** What is typed behind `add`: an address, and where in it and which version of it. */
export interface TypedSource {
  readonly address: SourceAddress;
  readonly ref: string | null;
  readonly path: string;
}

const shorthand = /^([A-Za-z0-9][\w.-]*)\/([\w.-]+?)(?:\.git)?(?:\/(.+))?$/;
const webPage =
  /^(https:\/\/(?:github|gitlab)\.com\/[\w.-]+\/[\w.-]+?)(?:\.git)?(?:\/(?:-\/)?(?:tree|blob)\/([^/]+)(?:\/(.+))?)?\/?$/;
const archiveName = /\.(?:tar|tgz|tar\.gz|zip)$/i;
const packageName = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;

/**
 * Reads a source as a person types it: `owner/repo`, `owner/repo/path`, any URL that git takes, the address of a page
 * on GitHub or GitLab, a folder, an archive, `npm:name@range`, `marketplace:<source>#<plugin>`. `#ref` names a branch,
 * tag, commit or range of versions; `//path` a place inside. A string is the reason why it cannot be read.
 */
export function parseTypedSource(typed: string): TypedSource | string {
  if (typed.startsWith("-")) return "it begins with a hyphen, as an option does";
  if (hasControl(typed)) return "it holds control characters";
  const marketplace = /^marketplace:(.+)#([\w.-]+)$/.exec(typed);
  if (marketplace !== null) {
    const [, of = "", plugin = ""] = marketplace;
    const inner = parseTypedSource(of);
    if (typeof inner === "string") return inner;
    return { address: { kind: "marketplace", of: formatSource(inner.address), plugin }, ref: null, path: "" };
  }
  const hash = typed.indexOf("#");
  const ref = hash === -1 ? null : typed.slice(hash + 1);
  const whole = hash === -1 ? typed : typed.slice(0, hash);
  const page = webPage.exec(whole);
  if (page !== null) {
    const [, url = "", branch, path = ""] = page;
    return { address: { kind: "git", url }, ref: ref ?? branch ?? null, path: trimmed(path) };
  }
  if (whole.startsWith("npm:")) return npmSource(whole.slice(4), ref);
  const { place, path } = splitInner(whole);
  const address = parseSource(place) ?? shorthandSource(place);
  if (address === null) return "it is no repository, folder, archive or package";
  if ("path" in address) return { address: address.address, ref, path: path === "" ? address.path : path };
  return { address, ref, path };
}

function npmSource(rest: string, ref: string | null): TypedSource | string {
  const at = rest.lastIndexOf("@");
  const name = at > 0 ? rest.slice(0, at) : rest;
  if (!packageName.test(name)) return `${JSON.stringify(name)} is not the name of a package`;
  return { address: { kind: "npm", name }, ref: ref ?? (at > 0 ? rest.slice(at + 1) : null), path: "" };
}

/** `https://example.org/repo//skills/pdf`: what stands behind a second double slash lies inside. */
function splitInner(text: string): { readonly place: string; readonly path: string } {
  const scheme = text.indexOf("://");
  const inner = text.indexOf("//", scheme === -1 ? 1 : scheme + 3);
  // `file:///srv` has its third slash right behind the scheme.
  if (inner === -1) return { place: text, path: "" };
  return { place: text.slice(0, inner), path: trimmed(text.slice(inner + 2)) };
}

function shorthandSource(text: string): { readonly address: SourceAddress; readonly path: string } | null {
  const found = shorthand.exec(text);
  if (found === null) return null;
  const [, owner = "", repository = "", path = ""] = found;
  return { address: { kind: "git", url: `https://github.com/${owner}/${repository}` }, path: trimmed(path) };
}

/** Reads an address as the manifest keeps it; null where it is none. */
export function parseSource(text: string): SourceAddress | null {
  if (text === "" || text.startsWith("-") || hasControl(text)) return null;
  if (text.startsWith("folder:")) return { kind: "folder", folder: text.slice(7) };
  if (text.startsWith("archive:")) return { kind: "archive", location: text.slice(8) };
  if (text.startsWith("npm:")) {
    const name = text.slice(4);
    return packageName.test(name) ? { kind: "npm", name } : null;
  }
  if (text.startsWith("marketplace:")) {
    const hash = text.lastIndexOf("#");
    const plugin = text.slice(hash + 1);
    return hash === -1 ? null : { kind: "marketplace", of: text.slice(12, hash), plugin };
  }
  if (/^(?:https?|file):\/\//.test(text) && archiveName.test(text.split("?", 1)[0] ?? "")) {
    return { kind: "archive", location: text };
  }
  if (/^(?:https?|ssh|git|file):\/\/./.test(text)) return { kind: "git", url: text };
  if (/^[\w.-]+@[\w.-]+:(?!\/\/)./.test(text)) return { kind: "git", url: text };
  if (/^(?:\.{1,2}(?:\/|$)|\/|~\/)/.test(text)) {
    return archiveName.test(text) ? { kind: "archive", location: text } : { kind: "folder", folder: text };
  }
  return null;
}

/** An address as the manifest keeps it. */
export function formatSource(address: SourceAddress): string {
  switch (address.kind) {
    case "git":
      return address.url;
    case "folder":
      return `folder:${address.folder}`;
    case "archive":
      return `archive:${address.location}`;
    case "npm":
      return `npm:${address.name}`;
    case "marketplace":
      return `marketplace:${address.of}#${address.plugin}`;
  }
}

/** Whether the address carries a password or token of its own, which must never come into a manifest. */
export function hasCredentials(text: string): boolean {
  return /[a-z][a-z+.-]*:\/\/[^/@\s]*:[^/@\s]*@/i.test(text) || /https?:\/\/[^/@\s]+@/i.test(text);
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

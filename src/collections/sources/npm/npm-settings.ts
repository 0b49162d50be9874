/**
 * Which registry a package comes from, and with which login: what npm itself reads, and nothing more.
 * See npm's documentation of `.npmrc`: later files and the environment win, `${NAME}` is replaced by a variable, and a
 * login belongs to a registry by its address without protocol, the longest that fits.
 */

export interface NpmRegistry {
  /** Ends in a slash. */
  readonly url: string;
  /** The value of the header `authorization`; null for none. */
  readonly authorization: string | null;
}

export type NpmSettings = ReadonlyMap<string, string>;

/** Reads the texts of `.npmrc` files, the most general first, and then the variables `npm_config_*`. */
export function readNpmSettings(
  files: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): NpmSettings {
  const settings = new Map<string, string>();
  for (const line of files.flatMap((text) => text.split(/\r?\n/))) {
    const [, key, value] = /^\s*([^;#=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined)
      settings.set(expanded(key, variables), expanded(unquoted(value), variables));
  }
  for (const [name, value] of Object.entries(variables)) {
    const key = /^npm_config_(.+)$/i.exec(name)?.[1];
    if (key === undefined || value === undefined || value === "") continue;
    // A variable cannot hold the signs of a login's key; npm takes those as they are, all others with hyphens.
    settings.set(
      key.startsWith("//") || key.startsWith("@") ? key : key.toLowerCase().replaceAll("_", "-"),
      value,
    );
  }
  return settings;
}

/** The registry of a package; null where none is set for it. */
export function registryOf(packageName: string, settings: NpmSettings): NpmRegistry | null {
  const scope = packageName.startsWith("@") ? packageName.slice(0, packageName.indexOf("/")) : null;
  const address =
    (scope === null ? undefined : settings.get(`${scope}:registry`)) ?? settings.get("registry");
  if (address === undefined || !URL.canParse(address)) return null;
  const url = address.endsWith("/") ? address : `${address}/`;
  return { url, authorization: loginFor(url, settings) };
}

/** The login for an address: that of the longest part of it which has one. Null for an address with none. */
export function loginFor(address: string, settings: NpmSettings): string | null {
  const { host, pathname } = new URL(address);
  const segments = pathname.split("/").filter((segment) => segment !== "");
  for (let count = segments.length; count >= 0; count--) {
    const path = ["", ...segments.slice(0, count), ""].join("/");
    const login = loginAt(`//${host}${path}`, settings) ?? loginAt(`//${host}${path.slice(0, -1)}`, settings);
    if (login !== null) return login;
  }
  return null;
}

function loginAt(place: string, settings: NpmSettings): string | null {
  const token = settings.get(`${place}:_authToken`);
  if (token !== undefined && token !== "") return `Bearer ${token}`;
  const basic = settings.get(`${place}:_auth`);
  if (basic !== undefined && basic !== "") return `Basic ${basic}`;
  const user = settings.get(`${place}:username`);
  const password = settings.get(`${place}:_password`);
  if (user === undefined || password === undefined) return null;
  return `Basic ${Buffer.from(`${user}:${Buffer.from(password, "base64").toString()}`).toString("base64")}`;
}

function expanded(text: string, variables: Readonly<Record<string, string | undefined>>): string {
  return text.replace(
    /\$\{([^}?]+)(\?)?\}/g,
    (whole, name: string, optional?: string) => variables[name] ?? (optional === undefined ? whole : ""),
  );
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text;
}

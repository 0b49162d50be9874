import type { Transport } from "../../artifacts/mcp-server.ts";
import type { FormatValue } from "../../formats/format-value.ts";
import type { VariableSyntax } from "./variables.ts";

/** How one runtime writes an MCP server, as data. A key that is null does not exist there. */
export interface ServerDialect {
  readonly title: string;
  /** The key that tells the transport; null where the other keys tell it. */
  readonly type: TransportKey | null;
  /** The key of the command; `argv`: one list with the arguments. */
  readonly command: { readonly key: string; readonly argv: boolean };
  readonly args: string;
  readonly env: string;
  readonly cwd: string | null;
  /** The key of the address, for each transport that the runtime has. */
  readonly url: Readonly<Partial<Record<Exclude<Transport, "stdio">, string>>>;
  readonly headers: string | null;
  readonly enabled: { readonly key: string; readonly inverted: boolean; readonly always: boolean } | null;
  readonly timeout: Duration | null;
  readonly startupTimeout: Duration | null;
  readonly includeTools: string | null;
  readonly excludeTools: string | null;
  /** What a server's list of tools says for all of them, where it must say something. */
  readonly allTools: readonly string[] | null;
  /** References in texts; null where nothing is replaced. */
  readonly variables: VariableSyntax | null;
  /** Keys that hold names of variables in place of texts with references. */
  readonly named: NamedVariables;
  /** What every server must have besides; a name may be in it. */
  readonly constant: (name: string) => Readonly<Record<string, FormatValue>>;
  /** Fields of the canonical file that this runtime has under the same name and in the same form. */
  readonly alike: readonly string[];
  /** What a server may be called; null for anything. */
  readonly namePattern: RegExp | null;
}

export interface TransportKey {
  readonly key: string;
  /** The name of each transport that the runtime has; null where it is left out. */
  readonly names: Readonly<Partial<Record<Transport, string | null>>>;
  /** Names of what lies in the same map and is no MCP server. */
  readonly others?: readonly string[];
}

export interface Duration {
  readonly key: string;
  readonly milliseconds: number;
}

/** `env_vars = ["TOKEN"]`, `bearer_token_env_var = "TOKEN"`, `env_http_headers = { X-Key = "KEY" }`. */
export interface NamedVariables {
  /** A list of variables that the server gets under their own names. */
  readonly env: string | null;
  /** The variable of a header `Authorization: Bearer ...`. */
  readonly bearer: string | null;
  /** A map from headers to variables. */
  readonly headers: string | null;
}

const nothingNamed: NamedVariables = { env: null, bearer: null, headers: null };

/** A dialect from what it has of its own; the rest is as most runtimes have it. */
export function serverDialect(own: Partial<ServerDialect> & Pick<ServerDialect, "title">): ServerDialect {
  return {
    type: null,
    command: { key: "command", argv: false },
    args: "args",
    env: "env",
    cwd: null,
    url: { http: "url", sse: "url" },
    headers: "headers",
    enabled: null,
    timeout: null,
    startupTimeout: null,
    includeTools: null,
    excludeTools: null,
    allTools: null,
    variables: null,
    named: nothingNamed,
    constant: () => ({}),
    alike: [],
    namePattern: null,
    ...own,
  };
}

/** The fields of a server that stet writes in a dialect, in the order of a new one; all others are the user's. */
export function dialectFields(dialect: ServerDialect): readonly string[] {
  const { type, command, args, env, cwd, url, headers, enabled, timeout, startupTimeout } = dialect;
  const { includeTools, excludeTools, named } = dialect;
  const fields = [
    type?.key,
    ...Object.keys(dialect.constant("")),
    command.key,
    command.argv ? null : args,
    env,
    named.env,
    cwd,
    ...Object.values(url),
    headers,
    named.bearer,
    named.headers,
    enabled?.key,
    startupTimeout?.key,
    timeout?.key,
    includeTools,
    excludeTools,
    ...dialect.alike,
  ];
  return [...new Set(fields.filter((field) => typeof field === "string"))];
}

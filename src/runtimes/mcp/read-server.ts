/** A runtime's MCP server in the canonical form, as far as that can say it. */
import { type McpServer, type Transport, transports } from "../../artifacts/mcp-server.ts";
import { isList, isRecord, sameValue } from "../../formats/format-value.ts";
import type { Duration, ServerDialect } from "./server-dialect.ts";
import { readText } from "./variables.ts";

export type ReadServer =
  | {
      readonly outcome: "read";
      readonly server: McpServer;
      /** Fields that both sides have under one name, as they stand. */
      readonly alike: Readonly<Record<string, unknown>>;
    }
  | { readonly outcome: "problem"; readonly why: string };

class Unreadable extends Error {}

/** Total: whatever the value is, the outcome is a value. */
export function readServer(value: unknown, dialect: ServerDialect): ReadServer {
  try {
    if (!isRecord(value)) throw new Unreadable("it is not an object of keys");
    const alike = dialect.alike.flatMap((key) => (Object.hasOwn(value, key) ? [[key, value[key]]] : []));
    return { outcome: "read", server: serverOf(value, dialect), alike: Object.fromEntries(alike) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { outcome: "problem", why: `${dialect.title}: ${error.message}` };
  }
}

type Fields = Readonly<Record<string, unknown>>;

function serverOf(fields: Fields, dialect: ServerDialect): McpServer {
  const type = transportOf(fields, dialect);
  const own = type === "stdio" ? commandOf(fields, dialect) : addressOf(fields, type, dialect);
  const { enabled, timeout, startupTimeout, excludeTools } = dialect;
  const told = enabled === null ? undefined : fields[enabled.key];
  const isOff = enabled !== null && told === enabled.inverted;
  return {
    type,
    ...own,
    ...(isOff ? { enabled: false } : {}),
    ...optional("timeout", durationOf(fields, timeout)),
    ...optional("startupTimeout", durationOf(fields, startupTimeout)),
    ...optional("includeTools", offeredTools(fields, dialect)),
    ...optional("excludeTools", excludeTools === null ? undefined : textList(fields, excludeTools)),
  };
}

function transportOf(fields: Fields, { type, command, url }: ServerDialect): Transport {
  const told = type === null ? undefined : fields[type.key];
  if (type !== null && told !== undefined) {
    const found = transports.find((one) => type.names[one] === told);
    if (found !== undefined) return found;
    if (told !== "streamable-http" && told !== "stdio") {
      throw new Unreadable(`\`${type.key}\` is ${JSON.stringify(told)}, which stet does not know`);
    }
    return told === "stdio" ? "stdio" : "http";
  }
  if (fields[command.key] !== undefined) return "stdio";
  const reached = (["http", "sse", "ws"] as const).find((one) => {
    const key = url[one];
    return key !== undefined && fields[key] !== undefined;
  });
  if (reached === undefined) throw new Unreadable("it says neither what to start nor what to reach");
  return reached;
}

function commandOf(fields: Fields, dialect: ServerDialect): Partial<McpServer> {
  const { command, args, cwd } = dialect;
  const line = command.argv ? textList(fields, command.key) : undefined;
  const first = command.argv ? line?.[0] : textOf(fields, command.key);
  if (first === undefined) throw new Unreadable(`\`${command.key}\` does not say what to start`);
  const rest = command.argv ? line?.slice(1) : textList(fields, args);
  const env = { ...textMap(fields, dialect.env, dialect), ...namedEnvironment(fields, dialect) };
  return {
    command: canonicalText(first, dialect, command.key),
    // A list of one word says nothing about arguments.
    ...(rest === undefined || (command.argv && rest.length === 0)
      ? {}
      : { args: rest.map((text) => canonicalText(text, dialect, args)) }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...optional("cwd", cwd === null ? undefined : canonicalOptional(fields, cwd, dialect)),
  };
}

function namedEnvironment(fields: Fields, { named }: ServerDialect): Record<string, string> {
  const names = named.env === null ? undefined : textList(fields, named.env);
  return Object.fromEntries((names ?? []).map((name) => [name, `\${${name}}`]));
}

function addressOf(
  fields: Fields,
  type: Exclude<Transport, "stdio">,
  dialect: ServerDialect,
): Partial<McpServer> {
  const { url, headers, named } = dialect;
  const key = url[type] ?? "url";
  const address = canonicalOptional(fields, key, dialect);
  if (address === undefined) throw new Unreadable(`\`${key}\` does not say what to reach`);
  const plain = headers === null ? {} : textMap(fields, headers, dialect);
  const byVariable = named.headers === null ? {} : rawMap(fields, named.headers);
  const referred = Object.entries(byVariable).map(([name, variable]) => [name, `\${${variable}}`]);
  const bearer = named.bearer === null ? undefined : textOf(fields, named.bearer);
  const all: Record<string, string> = {
    ...plain,
    ...Object.fromEntries(referred),
    ...(bearer === undefined ? {} : { Authorization: `Bearer \${${bearer}}` }),
  };
  return { url: address, ...(Object.keys(all).length === 0 ? {} : { headers: all }) };
}

function canonicalText(text: string, { variables }: ServerDialect, key: string): string {
  const read = readText(text, variables);
  if (read.outcome === "unknown") throw new Unreadable(`\`${key}\`: ${read.why}`);
  return read.text;
}

function canonicalOptional(fields: Fields, key: string, dialect: ServerDialect): string | undefined {
  const text = textOf(fields, key);
  return text === undefined ? undefined : canonicalText(text, dialect, key);
}

function textMap(fields: Fields, key: string, dialect: ServerDialect): Record<string, string> {
  const entries = Object.entries(rawMap(fields, key));
  return Object.fromEntries(
    entries.map(([name, text]) => [name, canonicalText(text, dialect, `${key}.${name}`)]),
  );
}

function rawMap(fields: Fields, key: string): Readonly<Record<string, string>> {
  const value = fields[key];
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw new Unreadable(`\`${key}\` is not a map of texts`);
  const entries = Object.entries(value).map(([name, text]): [string, string] => {
    // Numbers and switches are written without quotes in many files; a process gets them as text.
    if (typeof text === "number" || typeof text === "boolean") return [name, String(text)];
    if (typeof text !== "string") throw new Unreadable(`\`${key}.${name}\` is not text`);
    return [name, text];
  });
  return Object.fromEntries(entries);
}

function textOf(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw new Unreadable(`\`${key}\` is not text`);
  return value;
}

function textList(fields: Fields, key: string): readonly string[] | undefined {
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  if (!isList(value) || !value.every((item) => typeof item === "string")) {
    throw new Unreadable(`\`${key}\` is not a list of texts`);
  }
  return value;
}

function offeredTools(
  fields: Fields,
  { includeTools, allTools }: ServerDialect,
): readonly string[] | undefined {
  const offered = includeTools === null ? undefined : textList(fields, includeTools);
  return sameValue(offered, allTools) ? undefined : offered;
}

function durationOf(fields: Fields, duration: Duration | null): number | undefined {
  if (duration === null) return undefined;
  const value = fields[duration.key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number") throw new Unreadable(`\`${duration.key}\` is not a number`);
  return value * duration.milliseconds;
}

function optional<Key extends keyof McpServer>(key: Key, value: McpServer[Key]): Partial<McpServer> {
  return value === undefined ? {} : { [key]: value };
}

/**
 * An MCP server as `stet/mcp/<name>.json` says it. The form is the one of Claude Code's `.mcp.json`, with names
 * of its own for what that does not have.
 *
 * Secrets stand in it as references alone: `${NAME}`, or `${NAME:-default}`, in `command`, `args`, `env`, `cwd`,
 * `url` and `headers`.
 */
import * as z from "zod/mini";

export const transports = ["stdio", "http", "sse", "ws"] as const;
export type Transport = (typeof transports)[number];

export interface McpServer {
  readonly type: Transport;
  readonly command?: string | undefined;
  readonly args?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
  readonly url?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Absent for true. */
  readonly enabled?: boolean | undefined;
  /** How long a call may take, in milliseconds. */
  readonly timeout?: number | undefined;
  /** How long the server may take to start, in milliseconds. */
  readonly startupTimeout?: number | undefined;
  /** The only tools that are offered; absent for all. */
  readonly includeTools?: readonly string[] | undefined;
  /** Tools that are not offered. */
  readonly excludeTools?: readonly string[] | undefined;
}

/** The fields of a server that stet knows, in the order in which it writes them. */
export const mcpServerFields = [
  "type",
  "command",
  "args",
  "env",
  "cwd",
  "url",
  "headers",
  "enabled",
  "timeout",
  "startupTimeout",
  "includeTools",
  "excludeTools",
] as const satisfies readonly (keyof McpServer)[];

/** Other names by which `type` is written. */
const transportNames: Readonly<Record<string, Transport>> = {
  ...Object.fromEntries(transports.map((one) => [one, one])),
  "streamable-http": "http",
  local: "stdio",
};

const texts = z.array(z.string());
const textMap = z.record(z.string(), z.string());
const milliseconds = z.number().check(z.nonnegative());

const shape = z.looseObject({
  type: z.optional(z.string()),
  command: z.optional(z.string()),
  args: z.optional(texts),
  env: z.optional(textMap),
  cwd: z.optional(z.string()),
  url: z.optional(z.string()),
  headers: z.optional(textMap),
  enabled: z.optional(z.boolean()),
  timeout: z.optional(milliseconds),
  startupTimeout: z.optional(milliseconds),
  includeTools: z.optional(texts),
  excludeTools: z.optional(texts),
});

export type McpServerReading =
  /** `more`: fields that stet does not know, as they stand. */
  | {
      readonly outcome: "read";
      readonly server: McpServer;
      readonly more: Readonly<Record<string, unknown>>;
    }
  /** `field`: what is not as it should be. */
  | { readonly outcome: "problem"; readonly field: string; readonly why: string };

/** Reads the fields of a server. Total: whatever they are, the outcome is a value. */
export function readMcpServer(fields: unknown): McpServerReading {
  const parsed = shape.safeParse(fields);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0];
    const name = field === undefined ? "server" : String(field);
    return {
      outcome: "problem",
      field: name,
      why: `\`${name}\` is not ${expected[name] ?? "what it should be"}`,
    };
  }
  const { type, ...rest } = parsed.data;
  const transport = transportOf(type, rest);
  if (transport === null) {
    const why =
      type === undefined
        ? "neither `command` nor `url` is there as text, so no runtime could start or reach it"
        : `\`type\` is ${JSON.stringify(type)}; stet knows ${transports.join(", ")}`;
    return { outcome: "problem", field: "type", why };
  }
  const needed = transport === "stdio" ? "command" : "url";
  if (rest[needed] === undefined) {
    return { outcome: "problem", field: needed, why: `a server of type ${transport} needs \`${needed}\`` };
  }
  const known = new Set<string>(mcpServerFields);
  const more = Object.entries(rest).filter(([key]) => !known.has(key));
  const own = Object.entries(rest).filter(([key, value]) => known.has(key) && value !== undefined);
  return {
    outcome: "read",
    server: { type: transport, ...Object.fromEntries(own) },
    more: Object.fromEntries(more),
  };
}

const expected: Readonly<Record<string, string>> = {
  server: "an object of keys",
  args: "a list of texts",
  includeTools: "a list of texts",
  excludeTools: "a list of texts",
  env: "a map of texts",
  headers: "a map of texts",
  enabled: "true or false",
  timeout: "a number of milliseconds",
  startupTimeout: "a number of milliseconds",
  type: "text",
  command: "text",
  cwd: "text",
  url: "text",
};

function transportOf(
  type: string | undefined,
  { command, url }: { readonly command?: unknown; readonly url?: unknown },
): Transport | null {
  if (type !== undefined) return Object.hasOwn(transportNames, type) ? (transportNames[type] ?? null) : null;
  if (command !== undefined) return "stdio";
  return url === undefined ? null : "http";
}

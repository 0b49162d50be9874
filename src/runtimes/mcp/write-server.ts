/** A canonical MCP server in the form of one runtime, and what of it that runtime cannot express. */
import type { McpServer } from "../../artifacts/mcp-server.ts";
import type { FormatValue } from "../../formats/format-value.ts";
import type { DroppedField } from "../adapters/adapter.ts";
import { formatValue } from "../settings/key-value.ts";
import type { Duration, ServerDialect } from "./server-dialect.ts";
import { onlyVariable, writeText } from "./variables.ts";

export type WrittenServer =
  | {
      readonly outcome: "written";
      readonly fields: Readonly<Record<string, FormatValue>>;
      readonly dropped: readonly DroppedField[];
    }
  /** Without this part the server would be another one, or would not start: nothing is written. */
  | { readonly outcome: "blocked"; readonly why: string };

export interface NamedServer {
  readonly name: string;
  readonly server: McpServer;
  /** Fields of the canonical file that stet does not know. */
  readonly more: Readonly<Record<string, unknown>>;
}

export function writeServer(named: NamedServer, dialect: ServerDialect): WrittenServer {
  const writing = new ServerWriting(named, dialect);
  const why = writing.write();
  if (why !== null) return { outcome: "blocked", why: `${dialect.title}: ${why}` };
  return { outcome: "written", fields: Object.fromEntries(writing.fields), dropped: writing.dropped };
}

class ServerWriting {
  readonly fields = new Map<string, FormatValue>();
  readonly dropped: DroppedField[] = [];
  readonly #named: NamedServer;
  readonly #dialect: ServerDialect;

  constructor(named: NamedServer, dialect: ServerDialect) {
    this.#named = named;
    this.#dialect = dialect;
  }

  /** Fills `fields` and `dropped`; gives the reason where the server cannot be written at all. */
  write(): string | null {
    const { name, server } = this.#named;
    const { namePattern, type, constant, title } = this.#dialect;
    if (namePattern !== null && !namePattern.test(name)) return `it takes no server of the name ${name}`;
    const typeName = type === null ? null : type.names[server.type];
    if (typeName === undefined) return `it has no servers of type ${server.type}`;
    if (type !== null && typeName !== null) this.fields.set(type.key, typeName);
    for (const [key, value] of Object.entries(constant(name))) this.fields.set(key, value);
    const why = server.type === "stdio" ? this.#command() : this.#address(server.type);
    if (why !== null) return why;
    if (server.enabled === false && this.#dialect.enabled === null) {
      return "the server is switched off, which its file cannot say";
    }
    this.#enabled();
    this.#duration("startupTimeout", this.#dialect.startupTimeout);
    this.#duration("timeout", this.#dialect.timeout);
    this.#tools("includeTools", this.#dialect.includeTools);
    this.#tools("excludeTools", this.#dialect.excludeTools);
    for (const [field, value] of Object.entries(this.#named.more)) {
      const written = this.#dialect.alike.includes(field) ? formatValue(value) : undefined;
      if (written === undefined) this.#drop(field, `${title} has no such key that stet knows`);
      else this.fields.set(field, written);
    }
    return null;
  }

  #command(): string | null {
    const { command, args, cwd, variables } = this.#dialect;
    const { server } = this.#named;
    const words = [server.command ?? "", ...(server.args ?? [])].map((text) => writeText(text, variables));
    const failed = words.find((word) => word.outcome === "inexpressible");
    if (failed?.outcome === "inexpressible") return `the command line: ${failed.why}`;
    const [first = "", ...rest] = words.map((word) => (word.outcome === "written" ? word.text : ""));
    if (words.some((word) => word.outcome === "written" && word.lostDefault)) this.#dropDefault("args");
    this.fields.set(command.key, command.argv ? [first, ...rest] : first);
    if (!command.argv && server.args !== undefined) this.fields.set(args, rest);
    this.#environment();
    if (server.cwd !== undefined) {
      const written = cwd === null ? null : writeText(server.cwd, variables);
      if (cwd === null || written === null) this.#drop("cwd", "the working folder cannot be set there");
      else if (written.outcome === "inexpressible") return `cwd: ${written.why}`;
      else this.fields.set(cwd, written.text);
    }
    for (const field of ["url", "headers"] as const) {
      if (server[field] !== undefined) this.#drop(field, "a server that is started has none");
    }
    return null;
  }

  #environment(): void {
    const { env, named, variables } = this.#dialect;
    const values: Record<string, FormatValue> = {};
    const names: string[] = [];
    for (const [key, text] of sorted(this.#named.server.env ?? {})) {
      const written = writeText(text, variables);
      const variable = variables === null ? onlyVariable(text) : null;
      if (named.env !== null && variable?.name === key) {
        names.push(key);
        if (variable.fallback !== null) this.#dropDefault(`env.${key}`);
      } else if (written.outcome === "inexpressible") this.#drop(`env.${key}`, written.why);
      else {
        values[key] = written.text;
        if (written.lostDefault) this.#dropDefault(`env.${key}`);
      }
    }
    if (Object.keys(values).length > 0) this.fields.set(env, values);
    if (named.env !== null && names.length > 0) this.fields.set(named.env, names);
  }

  #address(transport: "http" | "sse" | "ws"): string | null {
    const { url, variables } = this.#dialect;
    const key = url[transport];
    if (key === undefined) return `it has no servers of type ${transport}`;
    const written = writeText(this.#named.server.url ?? "", variables);
    if (written.outcome === "inexpressible") return `url: ${written.why}`;
    if (written.lostDefault) this.#dropDefault("url");
    this.fields.set(key, written.text);
    this.#headers();
    for (const field of ["command", "args", "env", "cwd"] as const) {
      if (this.#named.server[field] !== undefined) this.#drop(field, "a server that is reached has none");
    }
    return null;
  }

  #headers(): void {
    const { headers, named, variables } = this.#dialect;
    const values: Record<string, FormatValue> = {};
    const byVariable: Record<string, FormatValue> = {};
    for (const [header, text] of sorted(this.#named.server.headers ?? {})) {
      const field = `headers.${header}`;
      const bearer = bearerVariable(header, text);
      const only = onlyVariable(text);
      const written = writeText(text, variables);
      const variable = bearer ?? only;
      if (variables === null && variable?.fallback != null) this.#dropDefault(field);
      if (variables === null && named.bearer !== null && bearer !== null)
        this.fields.set(named.bearer, bearer.name);
      else if (variables === null && named.headers !== null && only !== null) byVariable[header] = only.name;
      else if (headers === null) this.#drop(field, "headers cannot be set there");
      else if (written.outcome === "inexpressible") this.#drop(field, written.why);
      else {
        values[header] = written.text;
        if (written.lostDefault) this.#dropDefault(field);
      }
    }
    if (headers !== null && Object.keys(values).length > 0) this.fields.set(headers, values);
    if (named.headers !== null && Object.keys(byVariable).length > 0)
      this.fields.set(named.headers, byVariable);
  }

  #enabled(): void {
    const { enabled } = this.#dialect;
    const isOn = this.#named.server.enabled !== false;
    if (enabled === null || (isOn && !enabled.always)) return;
    this.fields.set(enabled.key, enabled.inverted ? !isOn : isOn);
  }

  #duration(field: "timeout" | "startupTimeout", duration: Duration | null): void {
    const value = this.#named.server[field];
    if (value === undefined) return;
    if (duration === null) this.#drop(field, "there is no such limit for a server there");
    else this.fields.set(duration.key, value / duration.milliseconds);
  }

  #tools(field: "includeTools" | "excludeTools", key: string | null): void {
    const all = field === "includeTools" ? this.#dialect.allTools : null;
    const value = this.#named.server[field] ?? all ?? undefined;
    if (value === undefined) return;
    if (key === null) this.#drop(field, "its file cannot choose among a server's tools so");
    else this.fields.set(key, [...value]);
  }

  #dropDefault(field: string): void {
    this.#drop(field, "a variable cannot have a default there");
  }

  #drop(field: string, why: string): void {
    this.dropped.push({ field, why: `${this.#dialect.title}: ${why}` });
  }
}

/** The variable of `Authorization: Bearer ${NAME}`. */
function bearerVariable(header: string, text: string) {
  const token = header.toLowerCase() === "authorization" ? /^Bearer (.*)$/.exec(text)?.[1] : undefined;
  return token === undefined ? null : onlyVariable(token);
}

function sorted(map: Readonly<Record<string, string>>): readonly [string, string][] {
  return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}

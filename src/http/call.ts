import type { Context } from "hono";
import { artifactOfSegments } from "../app/artifact-address.ts";
import type { CallerClaims, CallOptions, Environment, Scope } from "../app/environment.ts";
import { operationOfKey } from "../app/replayed-operation.ts";
import { environmentOf } from "../app/served-collection.ts";
import type { ArtifactReference } from "../domain/artifact-kinds.ts";
import { StetError } from "../domain/errors.ts";
import type { GatewayEnv, GatewayParts } from "./gateway-parts.ts";

/** What a request asks of a use case. */
export interface HttpCall {
  readonly environment: Environment;
  readonly options: CallOptions;
}

const scopes: readonly string[] = ["project", "user", "local"] satisfies readonly Scope[];

/** The collection, the scope and the caller of a request. Throws E-NOT-FOUND and E-USAGE. */
export async function callOf(c: Context<GatewayEnv>, parts: GatewayParts): Promise<HttpCall> {
  const collection = c.req.query("collection");
  const scope = scopeOf(c.req.query("scope"));
  const claims = claimsOf(c);
  const key = c.req.header("idempotency-key");
  const recordAs = key === undefined ? {} : { recordAs: operationOfKey(checkedKey(key), requestName(c)) };
  const base = { claims, yes: true, ...recordAs };
  if (collection === undefined || collection === "") {
    return {
      environment: parts.environment,
      options: { ...base, ...(scope === undefined ? {} : { scope }) },
    };
  }
  const found = await environmentOf(parts.environment, collection);
  return { environment: found.environment, options: { ...base, scope: scope ?? found.scope } };
}

/** Two requests with one key are one only where they ask for the same. */
export function requestName(c: Context<GatewayEnv>): string {
  const { pathname, search } = new URL(c.req.url);
  return `${c.req.method} ${pathname}${search}`;
}

function checkedKey(key: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw badRequest("Idempotency-Key", "It is up to 200 visible characters of ASCII.");
}

function scopeOf(text: string | undefined): Scope | undefined {
  if (text === undefined || text === "") return undefined;
  if (text === "project" || text === "user" || text === "local") return text;
  throw badRequest("scope", `It is one of ${scopes.join(", ")}.`);
}

/** Who calls says so by headers; all of it is claimed, but for the person whom a token or a session shows. */
function claimsOf(c: Context<GatewayEnv>): CallerClaims {
  const said = (name: string) => {
    const text = c.req.header(`x-stet-${name}`);
    if (text === undefined || text === "") return {};
    if (text.length > 200 || /\p{Cc}/u.test(text))
      throw badRequest(`X-Stet-${name}`, "It is one short line.");
    return { [name]: text };
  };
  const from = c.get("caller").kind === "machine" ? "elsewhere" : "verified";
  return {
    ...said("actor"),
    ...said("agent"),
    ...said("model"),
    ...said("session"),
    ...said("reason"),
    from,
  };
}

export function badRequest(where: string, why: string): StetError {
  return new StetError({
    code: "E-USAGE",
    what: "The request cannot be understood.",
    where,
    why,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "curl -s <server>/api/openapi.json", summary: "see what every route takes" }],
  });
}

/** The artifact of a route under /api/context/{kind}/{name} or /api/updates/{kind}/{name}, by the path as it was sent. Throws E-NAME. */
export function artifactOf(c: Context<GatewayEnv>): ArtifactReference {
  const [, , , kind = "", name = ""] = new URL(c.req.url).pathname.split("/");
  return artifactOfSegments(kind, name);
}

type Present<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };
type Required<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
};

/** Leaves out the fields that are undefined: for a use case an absent field and an undefined one differ. */
export function withoutAbsent<Fields extends object>(fields: Fields): Present<Fields> & Required<Fields>;
export function withoutAbsent(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

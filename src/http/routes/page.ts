import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import type { Context } from "hono";
import { setCookie } from "hono/cookie";
import { securityHeaders } from "../access/security-headers.ts";
import { sessionCookie } from "../access/sessions.ts";
import type { Gateway, GatewayEnv, GatewayParts } from "../gateway-parts.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

const noncePlaceholder = "__STET_NONCE__";
const noPage =
  "<!doctype html><title>stet</title><p>The page is not part of this build. The API is at /api/openapi.json.</p>";

/** The page's files; every path that is none of them, and not of the API, is the page itself. */
export function page(app: Gateway, parts: GatewayParts): void {
  app.get("/*", async (c) => {
    const { pathname } = new URL(c.req.url);
    if (pathname === "/") {
      const token = c.req.query("token");
      if (token !== undefined) return comeIn(c, parts, token);
    }
    const file = pathname === "/" ? null : await readPageFile(parts.page, pathname);
    return file === null ? await indexPage(c, parts) : fileAnswer(c, pathname, file);
  });
}

/** Trades the one-time token of a link for a cookie, and takes it out of the address. */
function comeIn(c: Context<GatewayEnv>, { sessions }: GatewayParts, token: string) {
  const cookie = sessions.trade(token);
  if (cookie !== null) setCookie(c, sessionCookie, cookie, { httpOnly: true, sameSite: "Strict", path: "/" });
  return c.redirect("/", 303);
}

async function indexPage(c: Context<GatewayEnv>, { page: folder, environment }: GatewayParts) {
  const nonce = Buffer.from(environment.random(18)).toString("base64url");
  const found = folder === null ? null : await readPageFile(folder, "/index.html");
  const html =
    found === null ? noPage : Buffer.from(found).toString("utf8").replaceAll(noncePlaceholder, nonce);
  return c.body(html, 200, {
    ...securityHeaders(nonce),
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
  });
}

function fileAnswer(c: Context<GatewayEnv>, pathname: string, bytes: Uint8Array<ArrayBuffer>) {
  // Files below assets/ have their content's hash in their name.
  const isLasting = pathname.startsWith("/assets/");
  return c.body(bytes, 200, {
    ...securityHeaders(null),
    "content-type": types[extname(pathname)] ?? "application/octet-stream",
    "cache-control": isLasting ? "public, max-age=31536000, immutable" : "no-cache",
  });
}

async function readPageFile(
  folder: string | null,
  pathname: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (folder === null || pathname.includes("\0") || pathname.includes("\\")) return null;
  const path = normalize(join(folder, decodeURI(pathname)));
  if (!path.startsWith(folder + sep)) return null;
  try {
    return new Uint8Array(await readFile(path));
  } catch {
    return null;
  }
}

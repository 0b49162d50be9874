/** The folders of src/, lowest first. A file imports from its own room and from rooms before it. */
export const rooms = [
  "domain",
  "formats",
  "merge",
  "snapshot",
  "store",
  "workspace",
  "artifacts",
  "runtimes",
  "collections",
  "reports",
  "packs",
  "app",
] as const;

/** They parse, call app, and print. None imports another, and none goes past app. */
export const faces = ["cli", "http", "mcp"] as const;

/** Conformance suites, fault injection, generators: may see every room, but no face. */
export const testingRoom = "testing";

/** Rooms without effects, and the only parts of Node that they may use. */
export const pureRooms: readonly string[] = ["formats", "merge", "snapshot"];
export const pureNodeModules: readonly string[] = ["assert", "buffer", "crypto", "util"];

/** What the page of web/ may run in a browser. */
export const pageRooms: readonly string[] = ["domain", "formats", "merge", "artifacts"];

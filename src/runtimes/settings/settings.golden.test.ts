import { describe, expect, test } from "vitest";
import { regularMode } from "../../domain/files.ts";
import type { FileContents } from "../adapters/adapter.ts";
import { runtimes } from "../table/table.ts";
import { editSettings } from "./edit-settings.ts";
import { keyPath } from "./key-path.ts";

/**
 * Golden files: what each runtime's file holds when stet made it, by kind and scope. The formats have no
 * comments in which a source could stand: test/golden/README.md names it for each.
 */
const servers: readonly (readonly [name: string, value: object])[] = [
  [
    "files",
    {
      command: "npx",
      args: ["-y", "@modelcontextprotocol/server-filesystem", "."],
      env: { LOG_LEVEL: "debug", API_TOKEN: "${API_TOKEN}" },
      timeout: 60000,
      startupTimeout: 10000,
    },
  ],
  [
    "tracker",
    {
      type: "http",
      url: "https://mcp.example.com/mcp",
      headers: { Authorization: "Bearer ${TRACKER_TOKEN}", "X-Team": "lamps" },
      excludeTools: ["delete_issue"],
    },
  ],
];

const hookSet = {
  hooks: {
    PreToolUse: [
      { matcher: "Bash", hooks: [{ type: "command", command: "./check.sh", timeout: 10 }] },
      { matcher: "WebFetch", hooks: [{ type: "command", command: "./no-web.sh" }] },
    ],
    SessionStart: [{ hooks: [{ type: "command", command: "./hello.sh", statusMessage: "Saying hello" }] }],
    SessionEnd: [{ hooks: [{ type: "command", command: "./bye.sh", timeout: 20 }] }],
    TeammateIdle: [{ hooks: [{ type: "command", command: "./wake.sh" }] }],
  },
};

function fileOf(path: string, value: object): FileContents {
  return new Map([[path, { bytes: new TextEncoder().encode(JSON.stringify(value)), mode: regularMode }]]);
}

const places = runtimes.flatMap((runtime) =>
  runtime.places
    .filter(({ layout, role }) => layout === "keys" && role === "write")
    .map((place) => ({ runtime, place })),
);

describe("what stet writes into a file of its own making", () => {
  test.each(places)("$runtime.id $place.kind $place.scope $place.path", async ({ runtime, place }) => {
    const artifacts = place.kind === "mcp" ? servers : [["hooks", hookSet] as const];
    let bytes: Uint8Array | null = null;
    let made: ReadonlySet<string> = new Set();
    const dropped: string[] = [];
    for (const [name, value] of artifacts) {
      const artifact = { kind: place.kind, name };
      const rendering = runtime.adapters[place.kind]?.render({
        artifact,
        files: fileOf("canonical.json", value),
        present: new Map(),
        targetPath: () => keyPath(place.path, artifact),
      });
      if (rendering?.outcome !== "rendered") {
        dropped.push(`${name}: not written: ${rendering?.why}`);
        continue;
      }
      dropped.push(...rendering.dropped.map(({ field, why }) => `${name} ${field}: ${why}`));
      const [file] = rendering.files.values();
      const edited = editSettings(bytes, [{ place, name, value: file?.bytes ?? null }], made);
      if (edited.outcome === "refused") throw new Error(edited.why);
      bytes = new TextEncoder().encode(edited.text ?? "");
      made = edited.made;
    }
    const extension = { json: "json", toml: "toml", yaml: "yaml", markdown: "md" }[place.format];
    const name = place.path
      .replace(/^\./, "")
      .replaceAll("/", "-")
      .replace(/\.[a-z]+$/, "");
    const golden = `../../../test/golden/${runtime.id}/${place.kind}.${place.scope}.${name}`;
    await expect(new TextDecoder().decode(bytes ?? new Uint8Array())).toMatchFileSnapshot(
      `${golden}.${extension}`,
    );
    await expect(dropped.map((line) => `${line}\n`).join("")).toMatchFileSnapshot(`${golden}.dropped`);
  });
});

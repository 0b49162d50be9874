import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { regularMode } from "../../domain/files.ts";
import { isRecord, sameValue } from "../../formats/format-value.ts";
import type { Runtime, RuntimePlace } from "../table/runtime.ts";
import { runtimes } from "../table/table.ts";
import { editSettings, type MadeMaps } from "./edit-settings.ts";
import { keyPath } from "./key-path.ts";
import { readSettings, settingsDocument } from "./settings-file.ts";
import { ownValues } from "./settings-look.ts";

/**
 * Settings files as people and runtimes write them: comments, odd blanks, keys of others, other servers and
 * hooks, none at all. Every place of every runtime is edited in all texts of its format.
 */
const texts: Readonly<Record<"json" | "toml" | "yaml", readonly string[]>> = {
  json: [
    "{}",
    "{ }\n",
    '{"numStartups": 42, "projects": {"/p": {"mcpServers": {}}}, "oauthAccount": {"id": 1.0}}',
    `{
  // the team's servers
  "mcpServers": {
    "mine": { "command": "./mine", "args": [ ], "env": {"A": "1"} }, /* keep */
  },
  "servers": { "mine": {"url":"https://a.example"} },
  "context_servers": {
\t"mine": { "command": "x", "settings": { "deep": [1,  2] } }
  },
  "mcp": { "mine": { "type": "local", "command": ["x"], "enabled": false } },
  "amp.mcpServers": {}, "amp.url": "https://b.example",
  "hooks": {
    "PreToolUse": [
      { "matcher": "Read", "hooks": [{ "type": "command", "command": "./mine" }] } // loud
    ],
    "Stop": []
  },
  "permissions": { "allow": [ "Bash(ls:*)", "Read", ], },
  "model": "opus" // last
}
`,
    '{\n\t"theme" : "dark" ,\n\t"mcpServers" : { "a b" : {"command":"x"} , "__proto__" : {"command":"y"} }\n}\n\n',
  ],
  toml: [
    "",
    "# nothing yet\n",
    `# my codex
model = "gpt-5"   # fast
notify = ["say", "done"]

[mcp_servers.mine]
command = "./mine"
args = [ "a",
  "b", # two
]

[mcp_servers.mine.env]
A = "1"

[projects."/p"]
trust_level = "trusted"
text = """
# stet hooks: end
"""
`,
    'mcp_servers = { mine = { command = "x" } }\n',
    '[[hooks]]\nevent = "Stop"\ncommand = "./mine"\n\n[tui]\ntheme = "dark"',
  ],
  yaml: [
    "GOOSE_MODEL: gpt-5\n",
    `# goose
GOOSE_PROVIDER: openai
extensions:
  developer:   # built in
    type: builtin
    name: developer
    enabled: true
  mine:
    type: stdio
    cmd: ./mine
    args: [a,  b]
    envs: {}
GOOSE_MODE: auto
`,
  ],
};

const variants: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replaceAll("\n", "\r\n"),
  (text) => text.replace(/\n$/, ""),
  (text) => (text === "" ? text : `\uFEFF${text}`),
];

interface Subject {
  readonly runtime: Runtime;
  readonly place: RuntimePlace;
  readonly text: string;
}

const subjects = runtimes.flatMap((runtime) =>
  runtime.places.flatMap((place): Subject[] => {
    if (place.layout !== "keys" || place.format === "markdown") return [];
    return texts[place.format].flatMap((text) =>
      variants.map((variant) => ({ runtime, place, text: variant(text) })),
    );
  }),
);

const word = fc.string({
  unit: fc.constantFrom("a", "Z", "é", " ", '"', "\\", "'", "#", "$", "{", ",", "/"),
  minLength: 1,
  maxLength: 6,
});
const server = fc.oneof(
  fc.record({
    command: word,
    args: fc.array(word, { maxLength: 3 }),
    env: fc.dictionary(fc.constantFrom("A", "B"), word),
  }),
  fc.record({
    type: fc.constant("http"),
    url: word,
    headers: fc.dictionary(fc.constantFrom("X-A", "X-B"), word),
  }),
);
const hookSet = fc
  .array(fc.tuple(fc.constantFrom("SessionStart", "PreToolUse", "Stop"), word), {
    minLength: 1,
    maxLength: 3,
  })
  .map((rules) => {
    const hooks: Record<string, unknown[]> = {};
    for (const [event, command] of rules) {
      hooks[event] = [...(hooks[event] ?? []), { hooks: [{ type: "command", command, timeout: 3 }] }];
    }
    return { hooks };
  });

function rendered({ runtime, place }: Subject, name: string, value: unknown): Uint8Array | null {
  const artifact = { kind: place.kind, name };
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const rendering = runtime.adapters[place.kind]?.render({
    artifact,
    files: new Map([["canonical.json", { bytes, mode: regularMode }]]),
    present: new Map(),
    targetPath: () => keyPath(place.path, artifact),
  });
  const [file] = rendering?.outcome === "rendered" ? rendering.files.values() : [];
  return file?.bytes ?? null;
}

function edit({ place }: Subject, text: string, name: string, value: Uint8Array | null, made: MadeMaps) {
  return editSettings(new TextEncoder().encode(text), [{ place, name, value }], made);
}

/** What the file says to everybody but stet: its value without the key of that name. */
function foreign({ place }: Subject, text: string, name: string, value: unknown): unknown {
  const read = settingsDocument(place).parse(text);
  if (place.kind !== "mcp" || !isRecord(read.value)) return value;
  const strip = (node: unknown, path: readonly string[]): unknown => {
    const [key, ...rest] = path;
    if (key === undefined || !isRecord(node)) return node;
    const others = Object.entries(node).filter(([one]) => one !== key);
    const child = strip(node[key], rest);
    const isGone =
      rest.length === 0 || child === undefined || (isRecord(child) && Object.keys(child).length === 0);
    return Object.fromEntries(isGone ? others : [...others, [key, child]]);
  };
  return strip(read.value, [...(place.slot?.container ?? []), name]);
}

describe("shared settings of every runtime", () => {
  test("byte-identical outside stet's keys: added, changed and removed, the file is as it was (BUGS F4)", () => {
    const at = fc.nat({ max: subjects.length - 1 });
    let edited = 0;
    fc.assert(
      fc.property(
        at,
        fc.constantFrom("github", "we-b"),
        fc.tuple(server, server),
        fc.tuple(hookSet, hookSet),
        (index, github, pair, sets) => {
          const subject = subjects[index];
          if (subject === undefined) return;
          const { place, text } = subject;
          const name = place.kind === "hooks" ? "hooks" : github;
          const [one, two] = (place.kind === "hooks" ? sets : pair).map((value) =>
            rendered(subject, name, value),
          );
          if (!one || !two) return;
          const added = edit(subject, text, name, one, new Set());
          // A file of stet's own name has nothing of the user's at its keys.
          if (added.outcome === "refused" || readBack(subject, text, name) !== undefined) return;
          edited += 1;
          const withOne = added.text ?? "";
          expect(readBack(subject, withOne, name)).toEqual(Buffer.from(one).toString());
          expect(edit(subject, withOne, name, one, added.made)).toMatchObject({ text: withOne });
          expect(sameValue(foreign(subject, withOne, name, 0), foreign(subject, text, name, 0))).toBe(true);
          const changed = edit(subject, withOne, name, two, added.made);
          if (changed.outcome === "refused") throw new Error(changed.why);
          const withTwo = changed.text ?? "";
          expect(readBack(subject, withTwo, name)).toEqual(Buffer.from(two).toString());
          const removed = edit(subject, withTwo, name, null, changed.made);
          if (removed.outcome === "refused") throw new Error(removed.why);
          expect(removed.text ?? "").toBe(text);
        },
      ),
      { numRuns: 3000 },
    );
    // Most of them can be written there: else this test would prove nothing.
    expect(edited).toBeGreaterThan(1000);
  });
});

function readBack({ place }: Subject, text: string, name: string): string | undefined {
  const read = readSettings(place, new TextEncoder().encode(text));
  if (read.outcome === "problem") throw new Error(read.why);
  const value = ownValues(place, read, "all").get(keyPath(place.path, { kind: place.kind, name }));
  return value === undefined ? undefined : Buffer.from(value.bytes).toString();
}

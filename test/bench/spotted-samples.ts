/** Documents as people have them, with spots that two writers may change. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseMarkdownDocument } from "../../src/formats/markdown-document.ts";
import { corpusFolder, isCorpusThere } from "../corpus/corpus.ts";
import { type SpottedDocument, spottedDocument } from "./spotted-document.ts";

const settings = spottedDocument(
  "settings.json",
  "jsonc",
  `{
  // how it looks«| at night| by day»
  "theme": "«dark|light|solarized»",
  "model": "«opus|sonnet|haiku»", // the strong one
  "cleanupPeriodDays": «30|45|60»,«
  "verbose": true,|| 
  "verbose": false,»
  "permissions": {
    "allow": [«="Read", "Grep"|"Read", "Grep", "Bash(git:*)"|"Read", "Grep", "Edit"|"Read", "Grep", "Edit", "Bash(git:*)"»],
    "deny": ["Read(.env)"]«+|,
    "defaultMode": "plan"|,
    "ask": ["WebFetch"]»
  },
  "hooks": {
    "PreToolUse": [
      {
        "matcher": "Bash",
        "hooks": [{ "type": "command", "command": "«./check.sh|./check.sh --strict|./guard.sh»", "timeout": «10|20|5» }]
      }«+|,
      { "matcher": "Edit", "hooks": [] }|,
      { "matcher": "Write", "hooks": [] }»
    ]
  }«+|,
  /* mine */
  "statusLine": { "type": "command", "command": "bar" }|,
  "outputStyle": "terse"»
}
`,
);

const servers = spottedDocument(
  ".mcp.json",
  "json",
  `{
  "mcpServers": {
    "docs": {
      "command": "«npx|bunx|node»",
      "args": ["-y", "docs-mcp@«1.0|1.1|2.0»"«+|, "--fast"|, "--quiet"»],
      "env": { "TOKEN": "\${TOKEN}"«+|, "REGION": "eu"|, "DEBUG": "1"» }
    },
    "db": {
      "type": "http",
      "url": "https://db.example/«v1|v2|v3»"
    }«+|,
    "mine": { "command": "a" }|,
    "theirs": { "command": "b", "args": [] }»
  }
}
`,
);

const config = spottedDocument(
  "config.toml",
  "toml",
  `# what runs«| by default| unless asked»
model = "«o5|o5-mini|o6»"
approval_policy = "«on-request|never|untrusted»" # ask me
started = «2026-01-02|2026-02-03T04:05:06Z|2026-03-04»
limit = «1.0|2.0|0x1F»
«+|notify = ["bell"]
|hide_reasoning = true
»
[mcp_servers.docs]
command = "npx"
args = [«"-y"|"-v"|"-n"», "docs-mcp"]
«+|# slow machines
|# tuned
»startup_timeout_sec = «10|20|30»

[mcp_servers.db] # the database
url = "https://db.example"
enabled_tools = [«="query", "list"|"query"|"query", "list", "schema"|"query", "schema"»]

[profiles.review]
prompt = """
«Read everything first.|Read all of it first.|Skim first.»

Then say what is wrong, and why.

«Be brief.|Be kind.|Be exact.»
"""
«+|
[profiles.mine]
model = "o5"
|
[profiles.theirs]
model = "o6"
»`,
);

const agent = spottedDocument(
  "agent frontmatter",
  "yaml",
  `name: reviewer
# when it is called«| by people| by models»
description: «Reviews code|Reviews code with care|Reads code»
tools: «=Read, Grep, Bash|Read, Grep, Bash, Write|Read, Bash|Read, Bash, Write»
model: «sonnet|opus|haiku»
«|color: red
|color: blue
»metadata:
  version: «"1.0"|"1.1"|"2.0"»
  owner: ana # who
  tags: [«=review, code|review, code, security|review, style|review, style, security»]
hooks:
  PreToolUse:
    - matcher: Bash
      hooks:
        - type: command
          command: «./a.sh|./b.sh|./c.sh»
          timeout: «5|6|7»
instructions: |
  «First read.|First read it all.|First skim.»

  Then write.

  «Last, test.|Last, test twice.|Last, stop.»
«+|permissionMode: plan
|maxTurns: 3
»`,
);

const workflow = spottedDocument(
  "workflow yaml",
  "yaml",
  `name: «check|verify|test»
on:
  push:
    branches: [«=main|main, next|main, release|main, release, next»]
env:
  NODE: «24|25|26» # current
jobs:
  build:
    runs-on: «ubuntu-latest|ubuntu-24.04|macos-latest»
    timeout-minutes: «10|20|30»
    steps:
      - name: checkout
        uses: actions/checkout@«v5|v6|v7»
      # «what counts|what matters|all of it»
      - name: test
        run: |
          npm ci
          npm «test|test -- --run|run check»
        env:
          CI: «"1"|"true"|"yes"»
«+|      - name: lint
        run: npm run lint
|      - name: types
        run: npm run types
»  publish:
    needs: build
    if: «github.ref == 'refs/heads/main'|false|always()»
`,
);

export const samples: readonly SpottedDocument[] = [settings, servers, config, agent, workflow];

/** Real frontmatter: each plain value on one line is a spot, a list of tools one whose outcome is given. */
export function corpusSamples(): readonly SpottedDocument[] {
  if (!isCorpusThere()) return [];
  return readdirSync(corpusFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((path) => {
      const { parts, fields, lenient } = parseMarkdownDocument(readFileSync(path, "utf8"));
      if (parts.frontmatter === null || fields === null || lenient) return [];
      const yaml = parts.frontmatter.yaml;
      if (/[«»|]/.test(yaml) || yaml.includes("\r")) return [];
      return [spottedDocument(path, "yaml", withSpots(yaml))];
    });
}

function withSpots(yaml: string): string {
  const spotted = yaml.replace(/^([\w-]+): ([A-Za-z][^\n#"':]*)$/gm, (_, key: string, value: string) => {
    if (key !== "tools" && key !== "allowed-tools")
      return `${key}: «${value}|${value} and more|other than before»`;
    const more = [`${value}, Mine`, `${value}, Theirs`, `${value}, Theirs, Mine`];
    return `${key}: «=${[value, ...more].join("|")}»`;
  });
  return `${spotted}«+|x-mine: 1\n|x-theirs: 2\n»`;
}

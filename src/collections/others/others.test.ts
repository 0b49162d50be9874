import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readApmManifest } from "./apm-manifest.ts";
import type { Carried, CarriedProblem } from "./carried.ts";
import { readClaudePlugins } from "./claude-plugins.ts";
import { ghSkillProvenance, isAsPublished } from "./gh-skill.ts";
import { isSkillMeatManifest, readSkillMeat, skillMeatHash } from "./skillmeat.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

function carried<Result extends Carried>(result: Result | CarriedProblem): Result {
  if ("why" in result) throw new Error(result.why);
  return result;
}

/** Each upstream in one line: artifact, source, path, ref, range and pin as far as they are there. */
function lines({ upstreams }: Carried): readonly string[] {
  return upstreams.map(({ artifact, source, path, ref, range, pin }) =>
    [
      artifact === null ? "-" : `${artifact.kind}/${artifact.name}`,
      source,
      path,
      ref ?? "",
      range ?? "",
      pin ?? "",
    ].join(" | "),
  );
}

describe("apm.yml", () => {
  test("every form of a dependency", () => {
    const manifest = `
name: a
version: 1.0.0
dependencies:
  apm:
    - acme/standards
    - acme/standards#v1.2.0
    - acme/standards#${commit}
    - acme/catalog/skills/review#main
    - acme/prompts/review.prompt.md
    - acme/catalog/agents/architect.agent.md
    - gitlab.com/acme/rules
    - gitlab.com/acme/group/rules
    - https://git.example.org:8443/team/repo.git#v2
    - git@example.org:team/repo.git
    - dev.azure.com/acme/project/_git/repo
    - ./packages/shared
    - { git: https://gitlab.com/acme/repo.git, path: skills/security/, ref: ^2.0.0, alias: sec }
    - { git: acme/standards, ref: ">=1 <2" }
    - { path: ../sibling }
    - { name: helper, marketplace: tools, version: ~2.1.0 }
    - { name: helper, marketplace: unknown }
    - { id: acme/toolkit, version: ^2.0.0 }
    - { git: parent, path: skills/x }
    - 42
  mcp:
    - io.example/server
    - { name: own, registry: false, transport: stdio, command: node }
devDependencies:
  apm: [acme/tests]
unknown: [1]
`;
    const read = carried(readApmManifest(manifest, new Map([["tools", "https://github.com/acme/tools"]])));
    expect(lines(read)).toEqual([
      "- | https://github.com/acme/standards |  |  |  | ",
      "- | https://github.com/acme/standards |  | v1.2.0 |  | ",
      `- | https://github.com/acme/standards |  |  |  | ${commit}`,
      "skill/review | https://github.com/acme/catalog | skills/review | main |  | ",
      "command/review | https://github.com/acme/prompts | review.prompt.md |  |  | ",
      "agent/architect | https://github.com/acme/catalog | agents/architect.agent.md |  |  | ",
      "- | https://gitlab.com/acme/rules |  |  |  | ",
      "- | https://git.example.org:8443/team/repo.git |  | v2 |  | ",
      "- | git@example.org:team/repo.git |  |  |  | ",
      "- | https://dev.azure.com/acme/project/_git/repo |  |  |  | ",
      "- | folder:./packages/shared |  |  |  | ",
      "skill/sec | https://gitlab.com/acme/repo.git | skills/security |  | ^2.0.0 | ",
      "- | https://github.com/acme/standards |  |  | >=1 <2 | ",
      "- | folder:../sibling |  |  |  | ",
      "- | marketplace:https://github.com/acme/tools#helper |  |  | ~2.1.0 | ",
      "- | https://github.com/acme/tests |  |  |  | ",
    ]);
    expect(read.left.map(({ what }) => what)).toEqual([
      "gitlab.com/acme/group/rules",
      '{"name":"helper","marketplace":"unknown"}',
      '{"id":"acme/toolkit","version":"^2.0.0"}',
      '{"git":"parent","path":"skills/x"}',
      "42",
      "mcp: io.example/server",
      'mcp: {"name":"own","registry":false,"transport":"stdio","command":"node"}',
    ]);
  });

  test("a damaged one is a problem, and never an empty one (BUGS S12)", () => {
    expect(readApmManifest("a: [")).toMatchObject({ why: expect.stringContaining("not YAML") });
    expect(readApmManifest("- a")).toMatchObject({ why: "it is not a map of keys" });
    expect(carried(readApmManifest("dependencies: [acme/a]")).left).toEqual([
      { what: "dependencies", why: "it is not a map with the key apm" },
    ]);
  });
});

describe("plugins of Claude Code", () => {
  const known = JSON.stringify({
    tools: { source: { source: "github", repo: "acme/tools" }, installLocation: "/x", autoUpdate: true },
    inner: { source: { source: "git", url: "https://git.example.org/inner.git", ref: "main" } },
    here: { source: { source: "directory", path: "/srv/here" } },
    listed: { source: { source: "url", url: "https://example.org/marketplace.json" } },
  });
  const record = {
    scope: "user",
    installPath: "/cache/tools/helper/1.0.0",
    version: "1.0.0",
    installedAt: "2026-09-14T18:34:28.485Z",
    gitCommitSha: commit,
  };

  test("version 2: a list for each plugin, one for each scope", () => {
    const installed = JSON.stringify({
      version: 2,
      plugins: {
        "helper@tools": [
          record,
          { ...record, scope: "project", projectPath: "/srv/project", version: commit.slice(0, 12) },
        ],
        "mine@inner": [{ scope: "local", installPath: "/c", version: "unknown" }],
        "own@here": [{ scope: "user" }],
        "odd@listed": [record],
        "lost@nowhere": [record],
        nonsense: [record],
      },
    });
    const read = carried(readClaudePlugins(installed, known));
    expect(
      read.upstreams.map(({ source, scope, project, files, resolved }) => [
        source,
        scope,
        project,
        files,
        resolved.version,
        resolved.commit,
      ]),
    ).toEqual([
      [
        "marketplace:https://github.com/acme/tools#helper",
        "user",
        null,
        "/cache/tools/helper/1.0.0",
        "1.0.0",
        commit,
      ],
      [
        "marketplace:https://github.com/acme/tools#helper",
        "project",
        "/srv/project",
        "/cache/tools/helper/1.0.0",
        null,
        commit,
      ],
      ["marketplace:https://git.example.org/inner.git#mine", "local", null, "/c", null, null],
      ["marketplace:folder:/srv/here#own", "user", null, null, null, null],
    ]);
    expect(read.left.map(({ what }) => what)).toEqual(["odd@listed", "lost@nowhere", "nonsense"]);
  });

  test("version 1: one record for each plugin; and none known, and damaged", () => {
    const installed = JSON.stringify({ version: 1, plugins: { "helper@tools": record } });
    expect(carried(readClaudePlugins(installed, known)).upstreams.map(({ name }) => name)).toEqual([
      "helper",
    ]);
    expect(carried(readClaudePlugins(installed, null)).left.length).toBe(1);
    expect(readClaudePlugins("[]", known)).toEqual({ why: "it is not a JSON object" });
    expect(readClaudePlugins('{"plugins": {', known)).toEqual({ why: "it is not a JSON object" });
  });
});

const published = `---
name: review
description: "Reviews code: all of it"
license: MIT
metadata:
  author: acme
allowed-tools: Read, Grep
---

# Review

Look closely.
`;
/** As the GitHub CLI writes it: keys sorted, four blanks, other quotes, no blank line behind the fence. */
const installed = `---
allowed-tools: Read, Grep
description: 'Reviews code: all of it'
license: MIT
metadata:
    author: acme
    github-path: skills/review
    github-ref: refs/tags/v1.2.0
    github-repo: https://github.com/acme/catalog
    github-tree-sha: ${commit}
name: review
---
# Review

Look closely.
`;

describe("provenance of the GitHub CLI", () => {
  test("says where a skill came from", () => {
    expect(ghSkillProvenance("review", installed)).toMatchObject({
      artifact: { kind: "skill", name: "review" },
      ...{ source: "https://github.com/acme/catalog", path: "skills/review", ref: "v1.2.0", pin: null },
      resolved: { tree: commit, tag: "v1.2.0", commit: null },
    });
    const pinned = installed
      .replace("    github-path", "    github-pinned: v1.2.0\n    github-path")
      .replace("skills/review", "skills/review/SKILL.md");
    expect(ghSkillProvenance("review", pinned)).toMatchObject({ pin: "v1.2.0", path: "skills/review" });
    expect(
      ghSkillProvenance("review", installed.replace("refs/tags/v1.2.0", "refs/heads/main")),
    ).toMatchObject({ ref: "main", resolved: { tag: null } });
    expect(ghSkillProvenance("review", published)).toBeNull();
    expect(ghSkillProvenance("review", "no frontmatter")).toBeNull();
  });

  test("is no edit of anybody's, and an edit beside it is one (BUGS U3)", () => {
    expect(isAsPublished(installed, published)).toBe(true);
    expect(isAsPublished(installed.replace("closely", "twice"), published)).toBe(false);
    expect(isAsPublished(installed.replace("Read, Grep", "Read, Grep, Bash"), published)).toBe(false);
    expect(isAsPublished(installed.replace("    author: acme\n", ""), published)).toBe(false);
    expect(isAsPublished(installed, published.replace("metadata:\n  author: acme\n", ""))).toBe(false);
    const bare = published.replace("metadata:\n  author: acme\n", "");
    expect(isAsPublished(installed.replace("    author: acme\n", ""), bare)).toBe(true);
    expect(isAsPublished("broken", published)).toBe(false);
  });
});

describe("SkillMeat", () => {
  const manifest = `
[collection]
name = "default"
version = "1.0.0"
created = "2026-01-01T00:00:00"
updated = "2026-01-02T00:00:00"

[[artifacts]]
name = "pdf"
type = "skill"
path = "skills/pdf/"
origin = "github"
added = "2026-01-01T00:00:00"
upstream = "https://github.com/acme/catalog/tree/${commit}/skills/pdf"
version_spec = "latest"
tags = ["documents"]
[artifacts.metadata]
author = "acme"
license = "MIT"

[[artifacts]]
name = "review"
type = "command"
path = "commands/review.md"
origin = "github"
added = "2026-01-01T00:00:00"
upstream = "https://github.com/acme/catalog/tree/${commit}/commands/review.md"
version_spec = "v1.2.0"
resolved_version = "v1.2.0"

[[artifacts]]
name = "mine"
type = "agent"
path = "agents/mine.md"
origin = "local"
added = "2026-01-01T00:00:00"

[[artifacts]]
name = "held"
type = "skill"
path = "skills/held"
origin = "github"
added = "2026-01-01T00:00:00"
upstream = "https://github.com/acme/catalog"
version_spec = "0123456"

[[artifacts]]
name = "bought"
type = "skill"
path = "skills/bought"
origin = "marketplace"
origin_source = "gitlab"
upstream = "https://gitlab.com/acme/x"

[[artifacts]]
name = "later"
type = "workflow"
path = "workflows/later"

[[artifacts]]
name = "evil"
type = "skill"
path = "../../escape"

[[mcp_servers]]
name = "files"
`;
  const lock = `
[lock]
version = "1.0.0"
[lock.entries."pdf::skill"]
content_hash = "ab12"
fetched = "2026-01-03T00:00:00"
resolved_sha = "${commit}"
[lock.entries."mine::agent"]
content_hash = "cd34"
fetched = "2026-01-03T00:00:00"
`;

  test("artifacts with their sources, one's own, and what stays behind", () => {
    const read = carried(readSkillMeat(manifest, lock));
    expect(read.name).toBe("default");
    expect(lines(read)).toEqual([
      "skill/pdf | https://github.com/acme/catalog | skills/pdf |  |  | ",
      "command/review | https://github.com/acme/catalog | commands/review.md | v1.2.0 |  | ",
      "skill/held | https://github.com/acme/catalog |  |  |  | 0123456",
    ]);
    expect(read.upstreams[0]).toMatchObject({
      files: "skills/pdf",
      resolved: { commit, licence: "MIT", publisher: "acme", at: "2026-01-03T00:00:00" },
    });
    expect(read.own).toEqual([
      { artifact: { kind: "agent", name: "mine" }, files: "agents/mine.md" },
      { artifact: { kind: "skill", name: "bought" }, files: "skills/bought" },
    ]);
    expect(read.left.map(({ what }) => what)).toEqual([
      "mcp files",
      "the source of skill/bought",
      "workflow later",
      "skill evil",
    ]);
    expect([...read.hashes]).toEqual([
      ["skill/pdf", "ab12"],
      ["agent/mine", "cd34"],
    ]);
  });

  test("is told from a manifest of ours, and a damaged one is a problem (BUGS S12)", () => {
    expect(isSkillMeatManifest(manifest)).toBe(true);
    expect(isSkillMeatManifest('format = 1\nid = "x"\nname = "a"\n')).toBe(false);
    expect(isSkillMeatManifest("[collection")).toBe(false);
    expect(readSkillMeat("[collection", lock)).toHaveProperty("why");
    expect(readSkillMeat(manifest, "[lock")).toEqual({ why: "collection.lock is damaged" });
    expect(carried(readSkillMeat(manifest, null)).upstreams.length).toBe(3);
  });

  test("its hash is that of the order that Python sorts paths in", () => {
    if (!hasPython()) return console.warn("no python3: the hash is not compared with SkillMeat's own order");
    const folder = mkdtempSync(join(tmpdir(), "stet-skillmeat-"));
    try {
      const segment = fc.stringMatching(/^[a-cA-C\-._ ]{1,3}$/).filter((name) => !/^\.{1,2}$/.test(name));
      const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => segments.join("/"));
      const trees = fc.sample(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), { numRuns: 40, seed: 7 });
      const written = trees.map((paths, index) => {
        const files = paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`)));
        for (const file of files) {
          const target = join(folder, String(index), file);
          mkdirSync(dirname(target), { recursive: true });
          writeFileSync(target, file);
        }
        return files.map((file) => ({ path: file, bytes: new TextEncoder().encode(file) }));
      });
      const script =
        "import sys,hashlib,pathlib\nfor i in range(int(sys.argv[2])):\n h=hashlib.sha256()\n p=pathlib.Path(sys.argv[1])/str(i)\n for f in sorted(p.rglob('*')):\n  if f.is_file(): h.update(str(f.relative_to(p)).encode()); h.update(f.read_bytes())\n print(h.hexdigest())";
      const said = execFileSync("python3", ["-c", script, folder, String(trees.length)])
        .toString()
        .trim()
        .split("\n");
      expect(written.map((files) => skillMeatHash(files, true))).toEqual(said);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("whatever text such a file holds, reading it never throws", () => {
  const piece = fc.constantFrom(
    "[collection]\n",
    "[[artifacts]]\n",
    "name = 1\n",
    "dependencies:\n",
    "  apm:\n",
    "  - a/b\n",
    "{}",
    "plugins",
    "---\n",
    "metadata:\n",
    "  github-repo: a/b\n",
    '"a@b": [',
    "\u0000",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join("")),
      ),
      (text) => {
        readApmManifest(text);
        readClaudePlugins(text, text);
        readSkillMeat(text, text);
        ghSkillProvenance("a", text);
        isAsPublished(text, text);
      },
    ),
    { numRuns: 1_000 },
  );
});

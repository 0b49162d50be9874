import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseApmLock } from "./apm-lock.ts";
import { shownOrigin } from "./installed-origin.ts";
import { parseSkillsLock } from "./skills-lock.ts";

describe("skills-lock.json", () => {
  test("a project's lock: GitHub, a folder beside, and a skill at the top of its repository", () => {
    const lock = {
      version: 1,
      skills: {
        pdf: {
          source: "acme/skills",
          sourceType: "github",
          skillPath: "skills/pdf/SKILL.md",
          computedHash: "f3bc47",
        },
        mine: { source: "../shared/mine", sourceType: "local", computedHash: "84a7ca" },
        top: { source: "acme/top", sourceType: "github", ref: "v2", computedHash: "58ce68" },
      },
    };
    const read = parseSkillsLock(JSON.stringify(lock));
    expect(
      "why" in read ? read.why : read.map(({ upstream }) => [upstream.artifact?.name, shownOrigin(upstream)]),
    ).toEqual([
      ["pdf", "https://github.com/acme/skills skills/pdf"],
      ["mine", "folder:../shared/mine"],
      ["top", "https://github.com/acme/top @v2"],
    ]);
  });

  test("the lock of the home folder says the address itself", () => {
    const entry = { source: "acme/skills", sourceType: "github", skillFolderHash: "a" };
    const sourceUrl = "https://github.com/acme/skills.git";
    const read = parseSkillsLock(JSON.stringify({ version: 3, skills: { pdf: { ...entry, sourceUrl } } }));
    expect("why" in read ? [] : read.map(({ upstream }) => upstream.source)).toEqual([sourceUrl]);
  });

  test("a damaged lock is a problem, and never an empty one (BUGS S12)", () => {
    for (const text of ["", "{", "[]", "{}", '{"skills": []}']) {
      expect(parseSkillsLock(text)).toHaveProperty("why");
    }
  });
});

describe("apm.lock.yaml", () => {
  const lock = `lockfile_version: '2'
dependencies:
  - repo_url: https://github.com/acme/baseline
    resolved_commit: a1b2c3d4e5f6789012345678901234567890abcd
    resolved_ref: v2.1.0
    deployed_files:
      - .github/agents/auditor.agent.md
      - .agents/skills/audit/
      - copilot-app-db://workflows/x
  - repo_url: acme/tools
    host: gitea.example.org
    virtual_path: skills/lamp
    resolved_ref: main
  - repo_url: _local/own
    source: local
    local_path: ./packages/own
`;

  test("packages of repositories, of another host and of a folder, with their files", () => {
    const read = parseApmLock(lock);
    expect(
      "why" in read ? read.why : read.map(({ upstream, files }) => [shownOrigin(upstream), files]),
    ).toEqual([
      [
        "https://github.com/acme/baseline @a1b2c3d4e5f6789012345678901234567890abcd",
        [".github/agents/auditor.agent.md", ".agents/skills/audit"],
      ],
      ["https://gitea.example.org/acme/tools skills/lamp @main", []],
      ["folder:./packages/own", []],
    ]);
  });

  test("a damaged lock is a problem, and never an empty one (BUGS S12)", () => {
    for (const text of ["- a\n", "dependencies: 3\n", "a: [b\n"]) {
      expect(parseApmLock(text)).toHaveProperty("why");
    }
  });
});

test("whatever the text is, both answer", () => {
  const piece = fc.constantFrom(
    "{",
    "}",
    '"skills"',
    ":",
    '"a"',
    "\n",
    "- ",
    "dependencies:",
    "null",
    "[",
    "x",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (one) => {
      for (const read of [parseSkillsLock(one), parseApmLock(one)]) {
        expect("why" in read || Array.isArray(read)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

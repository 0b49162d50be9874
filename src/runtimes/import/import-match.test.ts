import { describe, expect, test } from "vitest";
import { entryFor, newWorld } from "../../../test/runtimes/target-world.ts";
import { executableMode, type FileEntry, regularMode } from "../../domain/files.ts";
import { detectionPaths, proposeRoot, usedRuntimes } from "../placement/root-proposal.ts";
import { targetPlan } from "../placement/target-plan.ts";
import { claude } from "../table/claude.ts";
import { codex } from "../table/codex.ts";
import { runtimes } from "../table/table.ts";
import { importMatches } from "./import-match.ts";
import { similarity } from "./similarity.ts";

const world = newWorld(targetPlan(claude, "project", ".agents"));
const skill = "---\nname: pdf\ndescription: Reads\n---\n\nOne.\nTwo.\nThree.\n";
const agent = "---\nname: reviewer\ndescription: Reviews\n---\n\nReview it.\n";
const agentToml = 'name = "reviewer"\ndescription = "Reviews"\ndeveloper_instructions = "Review it."\n';

function files(contents: Readonly<Record<string, string>>): ReadonlyMap<string, FileEntry> {
  return new Map(
    Object.entries(contents).map(([path, text]) => [
      path,
      entryFor(world, text, path.endsWith(".sh") ? executableMode : regularMode),
    ]),
  );
}

async function read(id: FileEntry["blob"]): Promise<Uint8Array | undefined> {
  return world.blobs.get(id);
}

const project = { scope: "project" } as const;

describe("copies of one artifact", () => {
  test("equal and reformatted copies are one; the first folder's is canonical", async () => {
    const matches = await importMatches(
      [
        { ...project, runtime: null, files: files({ ".agents/skills/pdf/SKILL.md": skill }) },
        {
          ...project,
          runtime: claude,
          files: files({ ".claude/skills/pdf/SKILL.md": skill.replaceAll("\n", "\r\n") }),
        },
      ],
      read,
    );
    expect(matches).toHaveLength(1);
    expect(matches[0]).toMatchObject({
      artifact: { kind: "skill", name: "pdf" },
      canonical: { from: ".agents", paths: [".agents/skills/pdf/SKILL.md"] },
      further: [{ from: "claude", relation: "equal" }],
    });
  });

  test("a script that differs makes a copy near, not equal (BUGS F5)", async () => {
    const one = { "SKILL.md": skill, "run.sh": "a" };
    const other = { "SKILL.md": skill, "run.sh": "b" };
    const under = (folder: string, all: Readonly<Record<string, string>>) =>
      files(
        Object.fromEntries(Object.entries(all).map(([path, text]) => [`${folder}/skills/pdf/${path}`, text])),
      );
    const matches = await importMatches(
      [
        { ...project, runtime: null, files: under(".agents", one) },
        { ...project, runtime: claude, files: under(".claude", other) },
      ],
      read,
    );
    expect(matches[0]?.further).toMatchObject([{ relation: "near" }]);
  });

  test("an edited copy is near, an unrelated one of the same name is not", async () => {
    const further = async (text: string) => {
      const [match] = await importMatches(
        [
          { ...project, runtime: null, files: files({ ".agents/skills/pdf/SKILL.md": skill }) },
          { ...project, runtime: claude, files: files({ ".claude/skills/pdf/SKILL.md": text }) },
        ],
        read,
      );
      return match?.further[0]?.relation;
    };
    expect(await further(skill.replace("Two.", "2."))).toBe("near");
    expect(await further("Something else.\n")).toBe("other");
  });

  test("an agent of Codex is the same agent; Markdown is canonical whatever the order", async () => {
    const folders = [
      { ...project, runtime: codex, files: files({ ".codex/agents/reviewer.toml": agentToml }) },
      { ...project, runtime: claude, files: files({ ".claude/agents/reviewer.md": agent }) },
    ];
    for (const order of [folders, [...folders].reverse()]) {
      const [match] = await importMatches(order, read);
      expect(match).toMatchObject({
        canonical: { from: "claude" },
        further: [{ from: "codex", relation: "equal" }],
      });
    }
  });

  test("an agent that only Codex has becomes Markdown; a broken one is reported and stays", async () => {
    const matches = await importMatches(
      [
        {
          ...project,
          runtime: codex,
          files: files({ ".codex/agents/reviewer.toml": agentToml, ".codex/agents/broken.toml": "name = " }),
        },
      ],
      read,
    );
    expect(matches.map(({ artifact, canonical }) => [artifact.name, canonical === null])).toEqual([
      ["broken", true],
      ["reviewer", false],
    ]);
    expect(matches[0]?.further[0]).toMatchObject({ relation: "unreadable" });
    const made = matches[1]?.canonical?.files.get("agents/reviewer.md")?.bytes;
    expect(new TextDecoder().decode(made ?? new Uint8Array())).toBe(agent);
  });

  test("a file that two runtimes read is found once, and every other exactly once", async () => {
    const found = files({
      ".agents/skills/pdf/SKILL.md": skill,
      ".claude/skills/pdf/SKILL.md": skill,
      ".claude/settings.json": "{}",
      ".codex/skills/old/SKILL.md": skill,
      ".codex/config.toml": "",
    });
    const folders = [null, claude, codex].map((runtime) => ({ ...project, runtime, files: found }));
    const matches = await importMatches(folders, read);
    const paths = matches.flatMap(({ canonical, further }) =>
      [...(canonical === null ? [] : [canonical]), ...further].flatMap((copy) => copy.paths),
    );
    expect(paths.sort()).toEqual([
      ".agents/skills/pdf/SKILL.md",
      ".claude/skills/pdf/SKILL.md",
      ".codex/skills/old/SKILL.md",
    ]);
  });

  test("the runtime's own folders are passed over", async () => {
    const found = files({
      ".claude/skills/synced/SKILL.md": skill,
      ".codex/skills/.system/a/SKILL.md": skill,
    });
    const folders = [claude, codex].map((runtime) => ({ scope: "user", runtime, files: found }) as const);
    expect(await importMatches(folders, read)).toEqual([]);
  });
});

describe("the root to propose", () => {
  const used = (...paths: string[]) => usedRuntimes("project", (path) => paths.includes(path));

  test("each runtime shows by each of its signs, and by nothing else of its own", () => {
    for (const { id, detection } of runtimes) {
      for (const { scope, path } of detection) {
        const found = usedRuntimes(scope, (one) => one === path);
        expect(found.find(({ runtime }) => runtime.id === id)?.sign).toBe(path);
      }
    }
  });

  test("by what is used", () => {
    expect(proposeRoot(used(".claude"), false).root).toBe(".claude");
    expect(proposeRoot(used("CLAUDE.md"), false).root).toBe(".claude");
    expect(proposeRoot(used(".claude", ".codex"), false).root).toBe(".agents");
    expect(proposeRoot(used(".codex"), false).root).toBe(".agents");
    expect(proposeRoot(used(".claude"), true).root).toBe(".agents");
    expect(proposeRoot([], false).root).toBe(".agents");
  });

  test("a bare .agents shows nobody", () => {
    expect(used(".agents")).toEqual([]);
    expect(runtimes.flatMap(({ detection }) => detection.map(({ path }) => path))).not.toContain(".agents");
    expect(detectionPaths("project")).toContain(".agents");
  });
});

test("similarity is symmetric, 1 for the same lines, 0 for none", () => {
  expect(similarity("a\nb\n", "b\n\na")).toBe(1);
  expect(similarity("a", "b")).toBe(0);
  expect(similarity("a\nb\nc", "a\nb")).toBe(similarity("a\nb", "a\nb\nc"));
});

/**
 * Tools that put files into runtimes' folders as stet does: how each shows, and which artifacts it keeps.
 *
 * What another tool keeps is only observed: two programs that write one file take turns in undoing each other.
 * Recognised by documented signs alone; a sign that says nothing of an artifact claims none.
 */
import type { TargetScope } from "../../runtimes/table/runtime.ts";
import { parseApmLock } from "./apm-lock.ts";
import type { CarriedUpstream } from "./carried.ts";
import { inChezmoi } from "./chezmoi.ts";
import { ghSkillProvenance } from "./gh-skill.ts";
import type { KeeperLook } from "./keeper-look.ts";
import { parseSkillsLock } from "./skills-lock.ts";

/** An artifact by its kind and name, and the files of one copy of it. */
export interface ClaimedCopy {
  readonly kind: string;
  readonly name: string;
  readonly paths: readonly string[];
}

/** Why a copy is another tool's, and where that tool had it from. */
export interface Claim {
  readonly why: string;
  readonly origin: CarriedUpstream | null;
}

export interface OtherKeeper {
  readonly id: string;
  readonly title: string;
  /** Files and folders that show that it is used, by scope. */
  readonly signs: Readonly<Record<TargetScope, readonly string[]>>;
  /** Whether it keeps a copy; null where it does not say so. */
  readonly claim: (look: KeeperLook, copy: ClaimedCopy) => Claim | null;
}

/** The kinds of stet by the names that rulesync and Ruler give to their folders. */
const rulesyncFolders: Readonly<Record<string, string>> = {
  skill: "skills",
  agent: "subagents",
  command: "commands",
  rule: "rules",
};
const rulerFolders: Readonly<Record<string, string>> = { skill: "skills", agent: "agents" };

export const otherKeepers: readonly OtherKeeper[] = [
  {
    // dyoshikawa/rulesync: it writes what lies in .rulesync to every tool that its file names.
    id: "rulesync",
    title: "rulesync",
    signs: { project: ["rulesync.jsonc", "rulesync.local.jsonc", ".rulesync"], user: [".rulesync"] },
    claim: (look, copy) => fromFolder(look, ".rulesync", rulesyncFolders, copy),
  },
  {
    // intellectronica/ruler, src/constants.ts.
    id: "ruler",
    title: "Ruler",
    signs: { project: [".ruler"], user: [".config/ruler"] },
    claim: (look, copy) => fromFolder(look, ".ruler", rulerFolders, copy),
  },
  {
    id: "apm",
    title: "APM",
    signs: { project: ["apm.yml", "apm.lock.yaml", "apm_modules"], user: [".apm"] },
    claim: claimOfApm,
  },
  {
    id: "npx-skills",
    title: "npx skills",
    signs: { project: ["skills-lock.json"], user: [".agents/.skill-lock.json"] },
    claim: claimOfNpxSkills,
  },
  {
    // The GitHub CLI writes where a skill came from into the skill itself, and nothing beside it.
    id: "gh-skill",
    title: "gh skill",
    signs: { project: [], user: [] },
    claim: claimOfGhSkill,
  },
  {
    // skillshare.runkids.cc: targets hold links into its source folder.
    id: "skillshare",
    title: "skillshare",
    signs: { project: [".skillshare"], user: [".config/skillshare"] },
    claim: (look, copy) =>
      fromLink(look, copy, /(?:^|\/)\.?skillshare\//, "it is a link into skillshare's folder"),
  },
  {
    // chezmoi.io, "Source state attributes": it writes the home folder from its source.
    id: "chezmoi",
    title: "chezmoi",
    signs: { project: [".chezmoiroot", ".chezmoiversion"], user: [".local/share/chezmoi"] },
    claim: (look, { paths }) => {
      const path = paths.find((one) => inChezmoi(look, one));
      return path === undefined ? null : { why: `chezmoi writes ${path}`, origin: null };
    },
  },
  {
    id: "link",
    title: "a linked tree",
    signs: { project: [], user: [] },
    claim: (look, copy) => fromLink(look, copy, /./, "it is a symbolic link"),
  },
];

function fromFolder(
  look: KeeperLook,
  folder: string,
  folders: Readonly<Record<string, string>>,
  { kind, name }: ClaimedCopy,
): Claim | null {
  const below = folders[kind];
  if (below === undefined) return null;
  const source = [`${folder}/${below}/${name}`, `${folder}/${below}/${name}.md`].find(look.exists);
  return source === undefined ? null : { why: `it is written from ${source}`, origin: null };
}

function claimOfApm(look: KeeperLook, { paths }: ClaimedCopy): Claim | null {
  const text = look.text("apm.lock.yaml");
  const read = text === null ? null : parseApmLock(text);
  if (read === null || "why" in read) return null;
  const origin = read.find(({ files }) =>
    paths.some((path) => files.some((file) => path === file || path.startsWith(`${file}/`))),
  );
  return origin === undefined ? null : { why: "apm.lock.yaml lists its files", origin: origin.upstream };
}

function claimOfNpxSkills(look: KeeperLook, { kind, name }: ClaimedCopy): Claim | null {
  if (kind !== "skill") return null;
  for (const file of ["skills-lock.json", ".agents/.skill-lock.json"]) {
    const text = look.text(file);
    const read = text === null ? null : parseSkillsLock(text);
    if (read === null || "why" in read) continue;
    const origin = read.find(({ upstream }) => upstream.artifact?.name === name)?.upstream;
    if (origin !== undefined) return { why: `${file} lists it`, origin };
  }
  return null;
}

function claimOfGhSkill(look: KeeperLook, { kind, name, paths }: ClaimedCopy): Claim | null {
  const main = kind === "skill" ? paths.find((path) => path.endsWith("/SKILL.md")) : undefined;
  const text = main === undefined ? null : look.text(main);
  const origin = text === null ? null : ghSkillProvenance(name, text);
  return origin === null ? null : { why: "its frontmatter says where gh skill had it from", origin };
}

function fromLink(look: KeeperLook, { paths }: ClaimedCopy, pattern: RegExp, why: string): Claim | null {
  for (const path of paths) {
    const target = look.link(path);
    if (target !== null && pattern.test(target))
      return { why: `${why} (${path} to ${target})`, origin: null };
  }
  return null;
}

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Environment } from "../../src/app/environment.ts";
import { makeWorld, type World } from "./fixture.ts";

/** A world whose project is a repository of real git, with a home and configuration of its own. */
export interface GitWorld extends World {
  /** Runs git in a folder, by default the project; gives what it printed. */
  readonly git: (...words: readonly string[]) => string;
  readonly gitIn: (folder: string, ...words: readonly string[]) => string;
  /** Runs git, and passes over that it fails: as a merge does that ends in a conflict. */
  readonly gitFails: (...words: readonly string[]) => void;
  readonly commitAll: (message: string) => string;
}

export function makeGitWorld(): GitWorld {
  const world = makeWorld();
  const variables = { PATH: process.env.PATH };
  const environment: Environment = { ...world.environment, variables };
  const gitIn = (folder: string, ...words: readonly string[]): string =>
    execFileSync("git", [...words], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...variables,
        HOME: world.home,
        GIT_CONFIG_GLOBAL: join(world.home, ".gitconfig"),
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "ana",
        GIT_AUTHOR_EMAIL: "ana@example.com",
        GIT_COMMITTER_NAME: "ana",
        GIT_COMMITTER_EMAIL: "ana@example.com",
        GIT_EDITOR: "true",
      },
    }).trim();
  const git = (...words: readonly string[]) => gitIn(world.project, ...words);
  git("init", "--quiet", "--initial-branch=main");
  return {
    ...world,
    environment,
    with: (changes) => ({ ...environment, ...changes }),
    git,
    gitIn,
    gitFails: (...words) => {
      try {
        git(...words);
      } catch {
        return;
      }
      throw new Error(`git ${words.join(" ")} should have failed`);
    },
    commitAll: (message) => {
      git("add", "--all");
      git("commit", "--quiet", "--message", message);
      return git("rev-parse", "HEAD");
    },
  };
}

export function skill(name: string, body = "Body."): string {
  return `---\nname: ${name}\ndescription: What ${name} is for.\n---\n\n# ${name}\n\n${body}\n`;
}

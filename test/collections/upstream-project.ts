import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { add } from "../../src/app/add.ts";
import type { Environment } from "../../src/app/environment.ts";
import { outdated } from "../../src/app/outdated.ts";
import { TestProject } from "../app/test-project.ts";
import { skillText, type UpstreamRepository } from "./upstream-repository.ts";

export const skillPath = ".agents/skills/pdf/SKILL.md";
export const lockPath = ".agents/stet/collection.lock";
export const manifestPath = ".agents/stet/collection.toml";
const sections = { Usage: "Run it.", Notes: "None yet.", Output: "A file." };

/** A skill's text; `changed` replaces sections of it. */
export function pdf(changed: Readonly<Record<string, string>> = {}, fields = ""): string {
  return skillText("pdf", { ...sections, ...changed }, fields);
}

/** The environment in which git is found. */
export function withGit(project: TestProject, changed: Partial<Environment> = {}): Environment {
  return project.with({ variables: { PATH: process.env.PATH, HOME: project.folder }, ...changed });
}

/** A project with `skill/pdf` from the repository, or all of what is named. */
export async function projectWith(
  upstream: UpstreamRepository,
  { path = "skills/pdf", ref = "", files = {} as Readonly<Record<string, string>> } = {},
): Promise<TestProject> {
  const project = await TestProject.imported({ ".agents/rules/tone.md": "calm\n", ...files });
  await add(withGit(project), { sources: [`${upstream.url}//${path}${ref}`], yes: true });
  return project;
}

/** The state of each artifact against its upstream. */
export async function statesOf(project: TestProject): Promise<Readonly<Record<string, string>>> {
  const { data } = await outdated(withGit(project));
  return Object.fromEntries(data.updates.map((one) => [one.artifact, one.state]));
}

/** What fetching left behind: nothing, whatever happened. */
export function fetchedLeftovers(project: TestProject): readonly string[] {
  const folder = join(project.environment.storeFolder, "fetching");
  return existsSync(folder) ? readdirSync(folder) : [];
}

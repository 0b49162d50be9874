import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { listArtifacts } from "../../src/app/list.ts";
import { log } from "../../src/app/log.ts";
import { update } from "../../src/app/update.ts";
import { verify } from "../../src/app/verify.ts";
import { refusalOf, type TestProject } from "../app/test-project.ts";
import {
  fetchedLeftovers,
  lockPath,
  manifestPath,
  pdf,
  projectWith,
  skillPath,
  withGit,
} from "./upstream-project.ts";
import { UpstreamRepository } from "./upstream-repository.ts";

const extra = ".agents/skills/pdf/extra.md";

/** What an update changes, as it stands: all of it old, or all of it new. */
function standing(project: TestProject): readonly string[] {
  return [project.read(manifestPath), project.read(lockPath), project.read(skillPath)];
}

test("a file that cannot be replaced takes the whole update back: files, lock and history stand as they stood", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream, { files: { ".agents/.stetignore": "extra.md\n" } });
  project.write(extra, "private\n");
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }), "skills/pdf/extra.md": "theirs\n" });
  const before = standing(project);
  const refusal = await refusalOf(update(withGit(project)));
  expect(refusal).toMatchObject({ code: "E-STALE" });
  expect(standing(project)).toEqual(before);
  expect(project.read(extra)).toBe("private\n");
  expect(fetchedLeftovers(project)).toEqual([]);
  project.remove(extra);
  await update(withGit(project));
  expect(project.read(skillPath)).toBe(pdf({ Usage: "New." }));
  expect(project.read(extra)).toBe("theirs\n");
});

test("two updates at once leave one state, and nothing of either is lost (BUGS S8)", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  await project.saved(skillPath, pdf({ Output: "Mine." }));
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  const done = await Promise.all([update(withGit(project)), update(withGit(project, { user: "ben" }))]);
  expect(done.filter((one) => one.data.operation !== null)).toHaveLength(1);
  expect(project.read(skillPath)).toBe(pdf({ Usage: "New.", Output: "Mine." }));
  const { data } = await log(project.environment, { limit: 10 });
  expect(data.operations.filter((one) => one.kind === "update")).toHaveLength(1);
});

test("an interrupted update changes nothing and leaves nothing behind", async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  upstream.commit({ "skills/pdf/SKILL.md": pdf({ Usage: "New." }) });
  const before = standing(project);
  const controller = new AbortController();
  const progress = () => controller.abort();
  await expect(update(withGit(project, { interrupt: controller.signal, progress }))).rejects.toThrow();
  expect(standing(project)).toEqual(before);
  expect(fetchedLeftovers(project)).toEqual([]);
});

test("a process that is killed in an update leaves all of it or none, and no half of what it fetched (BUGS D1, U4)", {
  timeout: 120_000,
}, async () => {
  using upstream = new UpstreamRepository({ "skills/pdf/SKILL.md": pdf() });
  using project = await projectWith(upstream);
  let ended = 0;
  for (let round = 1; round <= 8; round++) {
    const text = pdf({ Usage: `Round ${round}.` });
    const before = standing(project);
    upstream.commit({ "skills/pdf/SKILL.md": text });
    if (await killedAfter(project, 60 * round)) ended += 1;
    await listArtifacts(withGit(project));
    const after = standing(project);
    if (after[2] === text) expect(after[1]).not.toBe(before[1]);
    else expect(after).toEqual(before);
  }
  expect(ended).toBeGreaterThan(2);
  await update(withGit(project));
  expect(project.read(skillPath)).toBe(pdf({ Usage: "Round 8." }));
  expect(fetchedLeftovers(project)).toEqual([]);
  expect((await verify(project.environment)).data.problems).toEqual([]);
});

/** Runs `stet update` as a program and kills it; tells whether it was killed before it ended by itself. */
async function killedAfter(project: TestProject, milliseconds: number): Promise<boolean> {
  const program = fileURLToPath(new URL("../../bin/stet.mjs", import.meta.url));
  const child = spawn(process.execPath, [program, "update"], {
    cwd: project.project,
    stdio: "ignore",
    env: {
      PATH: process.env.PATH,
      HOME: project.environment.homeFolder,
      STET_HOME: project.environment.storeFolder,
      LOGNAME: "ana",
    },
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  const [, signal] = await once(child, "close");
  clearTimeout(timer);
  return signal === "SIGKILL";
}

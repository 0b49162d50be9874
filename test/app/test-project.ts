import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Environment } from "../../src/app/environment.ts";
import { initialise } from "../../src/app/init.ts";
import { log } from "../../src/app/log.ts";
import { save } from "../../src/app/save.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;

/**
 * A project, a home folder and a store of their own on a real disk, worked on through the library. The clock
 * stands in 2020, behind every file's times, so that no edit is taken for one seen already; each look at it is
 * one second later. Removed when the test ends (`using`).
 */
export class TestProject implements Disposable {
  static #made = 0;
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "stet-app-")));
  readonly project = join(this.folder, "project");
  readonly environment: Environment;
  /** What the clock says next, in microseconds. */
  now = Date.UTC(2020, 0, 1) * 1000;

  constructor(files: Files = {}) {
    mkdirSync(this.project);
    mkdirSync(join(this.folder, "home"));
    let drawn = 0;
    const seed = TestProject.#made++;
    this.environment = {
      workingFolder: this.project,
      homeFolder: join(this.folder, "home"),
      storeFolder: join(this.folder, "store"),
      variables: {},
      clock: { now: () => (this.now += 1_000_000) },
      random: (count) => {
        drawn += 1;
        const blocks = Array.from({ length: Math.ceil(count / 32) }, (_, index) =>
          createHash("sha256").update(`${seed} ${drawn} ${index}`).digest(),
        );
        return Buffer.concat(blocks).subarray(0, count);
      },
      user: "ana",
      host: "here",
      processId: process.pid,
      platform: process.platform,
      progress: () => {},
    };
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  /** A project that is a collection already. */
  static async imported(files: Files): Promise<TestProject> {
    const project = new TestProject(files);
    await initialise(project.environment, { yes: true });
    return project;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The same place, for somebody else or from another folder. */
  with(changed: Partial<Environment>): Environment {
    return { ...this.environment, ...changed };
  }

  write(path: string, content: string | Uint8Array): void {
    const disk = join(this.project, path);
    mkdirSync(dirname(disk), { recursive: true });
    writeFileSync(disk, content);
    if (typeof content === "string" && content.startsWith("#!")) chmodSync(disk, 0o755);
  }

  read(path: string): string {
    return readFileSync(join(this.project, path), "utf8");
  }

  remove(path: string): void {
    unlinkSync(join(this.project, path));
  }

  /** Writes a file and saves it as somebody; gives the operation's id. */
  async saved(path: string, content: string, user = "ana"): Promise<string> {
    this.write(path, content);
    const { data } = await save(this.with({ user }));
    if (data.operation === null) throw new Error(`${path} was as it is already`);
    return data.operation;
  }

  /** Kinds of the operations, newest first. */
  async kinds(): Promise<readonly string[]> {
    const { data } = await log(this.environment, { limit: 100 });
    return data.operations.map((one) => one.kind);
  }
}

/** What a promise is refused with: the code and the five slots. Throws where it is not refused. */
export async function refusalOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error("it was not refused");
}

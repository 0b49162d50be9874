import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { UpstreamEntry } from "../../collections/manifest/upstream-entry.ts";
import { inPrivateFolder } from "../../collections/sources/private-folder.ts";
import { resolveSource } from "../../collections/sources/resolve-source.ts";
import type {
  ResolvedSource,
  SourceContext,
  SourceTree,
  WantedVersion,
} from "../../collections/sources/source-tree.ts";
import { StetError } from "../../domain/errors.ts";
import type { Environment } from "../environment.ts";

/** One version of a source, open to be read; or why it is not to be had. */
export type Fetched =
  | { readonly resolved: ResolvedSource; readonly tree: () => Promise<SourceTree>; readonly error: null }
  | { readonly resolved: null; readonly error: StetError };

/**
 * Works with the sources of one command. What several artifacts ask of one source is fetched once; all of it is
 * closed and removed at the end, whatever happens (BUGS U4).
 */
export async function withUpstreams<Result>(
  environment: Environment,
  baseFolder: string,
  work: (upstreams: Upstreams) => Promise<Result>,
): Promise<Result> {
  const place = { parent: join(environment.storeFolder, "fetching"), processId: environment.processId };
  return await inPrivateFolder(place, async (folder) => {
    await using upstreams = new Upstreams({
      folder: () => mkdtemp(join(folder, "source-")),
      variables: environment.variables,
      homeFolder: environment.homeFolder,
      baseFolder,
      interrupt: environment.interrupt ?? null,
      progress: (what) => environment.progress({ what, done: 0, total: null }),
    });
    return await work(upstreams);
  });
}

/** The sources of one command, each asked and fetched once. One that fails holds up no other (BUGS U6). */
export class Upstreams implements AsyncDisposable {
  readonly #context: SourceContext;
  readonly #resolved = new Map<string, Promise<Fetched>>();
  readonly #open: AsyncDisposable[] = [];

  constructor(context: SourceContext) {
    this.#context = context;
  }

  /** The version that is wanted of a source. What the source cannot give is told in the answer. */
  async version(source: string, wanted: WantedVersion): Promise<Fetched> {
    const key = JSON.stringify([source, wanted.ref, wanted.range, wanted.typed ?? null]);
    let found = this.#resolved.get(key);
    if (found === undefined) {
      found = this.#resolve(source, wanted);
      this.#resolved.set(key, found);
    }
    return await found;
  }

  /** What an entry follows: its pin where it has one. */
  async ofEntry({ source, ref, range, pin }: UpstreamEntry): Promise<Fetched> {
    return await this.version(source, pin === null ? { ref, range } : { ref: pin, range: null });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const one of this.#open.splice(0)) await one[Symbol.asyncDispose]();
  }

  async #resolve(source: string, wanted: WantedVersion): Promise<Fetched> {
    try {
      const resolved = await resolveSource(source, wanted, this.#context);
      let tree: Promise<SourceTree> | null = null;
      const open = async () => {
        const opened = await resolved.open();
        this.#open.push(opened);
        return opened;
      };
      return {
        resolved,
        error: null,
        tree: () => {
          tree ??= open();
          return tree;
        },
      };
    } catch (error) {
      if (error instanceof StetError && error.code === "E-UPSTREAM") return { resolved: null, error };
      throw error;
    }
  }
}

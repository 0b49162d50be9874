import { lstatSync } from "node:fs";
import { join } from "node:path";
import { environmentMounts } from "../../runtimes/placement/target-plan.ts";
import type { TargetScope } from "../../runtimes/table/runtime.ts";
import { runtimes } from "../../runtimes/table/table.ts";
import type { Place } from "../../workspace/place.ts";
import type { Environment } from "../environment.ts";

/** The folders of all runtimes that variables put elsewhere, each once. */
export function movedFolders(
  environment: Pick<Environment, "variables" | "platform">,
  scope: TargetScope,
): Place["mounts"] {
  const mounts = runtimes.flatMap((runtime) => environmentMounts({ runtime, scope }, environment));
  return [...new Map(mounts.map((mount) => [mount.prefix, mount])).values()];
}

/** Whether something lies at a path below the base, or where a variable puts that folder. */
export function existsBelow(base: string, mounts: Place["mounts"]): (path: string) => boolean {
  return (path) => {
    const mount = mounts.find(({ prefix }) => `${path}/`.startsWith(prefix));
    const disk = mount === undefined ? join(base, path) : join(mount.base, path.slice(mount.prefix.length));
    return lstatSync(disk, { throwIfNoEntry: false }) !== undefined;
  };
}

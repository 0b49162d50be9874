import type { TargetScope } from "../table/runtime.ts";
import { runtimes } from "../table/table.ts";

/** Every folder that some runtime reads artifacts from, below the project or home folder, and the open layout's own. */
export function artifactFolders(scope: TargetScope): readonly string[] {
  const open = ["skills", "agents", "commands", "rules"].map((kind) => `.agents/${kind}`);
  const places = runtimes.flatMap((runtime) => runtime.places).filter((place) => place.scope === scope);
  const read = places.filter(
    ({ role, layout }) => role !== "reserved" && layout !== "instructions" && layout !== "keys",
  );
  return [...new Set([...open, ...read.map((place) => place.path)])];
}

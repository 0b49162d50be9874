import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Stories are told with the command as a user gets it: built once before they begin, not at all where nothing changed. */
export default function buildProgram(): void {
  const build = fileURLToPath(new URL("../../scripts/build.ts", import.meta.url));
  execFileSync(process.execPath, [build], { stdio: ["ignore", "inherit", "inherit"] });
}

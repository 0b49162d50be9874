import { isSymlink } from "../../domain/files.ts";
import { limits } from "../../domain/limits.ts";
import { escapeHidden, type TrustFinding, trustFinding } from "./trust-finding.ts";

/** The files of an artifact, with the target texts of its links. */
export interface LinkedFile {
  readonly path: string;
  readonly mode: number;
  /** Null for what is no link. */
  readonly target: string | null;
}

const hopsMax = 40;

/**
 * Links that lead out of the artifact, or round in a circle. Each is followed through the other links, as a file
 * system would: `a/b -> ..` and `c -> a/b/../x` name another place than the texts by themselves say.
 */
export function linkFindings(files: readonly LinkedFile[]): readonly TrustFinding[] {
  const links = new Map(
    files.flatMap(({ path, mode, target }) => (isSymlink(mode) ? [[path, target ?? ""]] : [])),
  );
  return [...links].flatMap(([path, target]) => {
    const problem = targetProblem(path, target, links);
    if (problem === null) return [];
    const message = `${problem}: ${JSON.stringify(escapeHidden(target.slice(0, limits.pathBytesMax)))}`;
    return [trustFinding("link", path, { message, evidence: [target], severity: "refused" })];
  });
}

function targetProblem(path: string, target: string, links: ReadonlyMap<string, string>): string | null {
  if (target === "" || target.length > limits.pathBytesMax) return "a link that leads nowhere";
  const place = path.split("/").slice(0, -1);
  const ahead = target.split("/");
  if (isAbsolute(target)) return "a link to an absolute path";
  for (let hops = 0; ahead.length > 0; ) {
    const segment = ahead.shift() ?? "";
    if (segment === "" || segment === ".") continue;
    if (segment === "..") {
      if (place.length === 0) return "a link that leads out of the artifact";
      place.pop();
      continue;
    }
    const next = links.get([...place, segment].join("/"));
    if (next === undefined) {
      place.push(segment);
      continue;
    }
    hops += 1;
    if (hops > hopsMax) return "a link that leads round in a circle";
    // An absolute one is told where it stands; here it only must not be followed.
    if (isAbsolute(next)) return "a link that leads out of the artifact";
    ahead.unshift(...next.split("/"));
  }
  return null;
}

/** By POSIX, or by Windows, where a backslash parts segments and a letter names a drive. */
function isAbsolute(target: string): boolean {
  return target.startsWith("/") || target.includes("\\") || /^[a-z]:/i.test(target) || target.includes("\0");
}

import type { KeeperLook } from "./keeper-look.ts";

const sourceFolder = ".local/share/chezmoi";

/** What chezmoi puts before a name in its source to say how the file is to be (source state attributes). */
const attributes =
  /^(?:(?:after|before|create|empty|encrypted|exact|executable|external|literal|modify|once|onchange|private|readonly|remove|run|symlink)_)+/;

/**
 * Whether chezmoi's source holds a file of the home folder: `.claude/agents/a.md` as `dot_claude/agents/a.md`, with
 * whatever attributes. A source that is moved by a setting is not seen.
 */
export function inChezmoi(look: Pick<KeeperLook, "names" | "text">, path: string): boolean {
  const root = look.text(`${sourceFolder}/.chezmoiroot`)?.trim() ?? "";
  let folder = root === "" ? sourceFolder : `${sourceFolder}/${root}`;
  for (const segment of path.split("/")) {
    const found = look.names(folder).find((name) => nameAtHome(name) === segment);
    if (found === undefined) return false;
    folder = `${folder}/${found}`;
  }
  return true;
}

function nameAtHome(name: string): string {
  const bare = name.replace(attributes, "").replace(/\.tmpl$/, "");
  return bare.startsWith("dot_") ? `.${bare.slice("dot_".length)}` : bare;
}

import type { ArtifactReference } from "../../domain/artifact-kinds.ts";

/** The text that a new artifact begins with: valid for its kind, and short enough to be written over. */
export function newArtifactText({ kind, name }: ArtifactReference): string {
  const last = name.slice(name.lastIndexOf("/") + 1);
  const title = last.replaceAll("-", " ").replace(/^./, (letter) => letter.toUpperCase());
  switch (kind) {
    case "skill":
    case "agent":
      return `---\nname: ${last}\ndescription: Say what ${last} does and when to use it.\n---\n\n# ${title}\n`;
    case "command":
      return `---\ndescription: Say what /${last} does.\n---\n\n$ARGUMENTS\n`;
    case "rule":
    case "report":
      return `# ${title}\n`;
    case "mcp":
    case "hooks":
      return "{}\n";
  }
}

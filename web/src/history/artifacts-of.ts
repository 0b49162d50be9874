import type { ArtifactAddress } from "../api/artifact-address.ts";
import type { OperationValue } from "../api/operations.ts";

/** The artifacts whose canonical files an operation changed, each once. Copies at targets are none. */
export function artifactsOf({ changes }: Pick<OperationValue, "changes">): readonly ArtifactAddress[] {
  const found = new Map<string, ArtifactAddress>();
  for (const { path } of changes) {
    const address = addressOf(path);
    if (address !== null) found.set(`${address.kind}/${address.name}`, address);
  }
  return [...found.values()];
}

function addressOf(path: string): ArtifactAddress | null {
  const skill = /^skills\/([^/]+)\//.exec(path)?.[1];
  if (skill !== undefined) return { kind: "skills", name: skill };
  const [, kind, name] = /^(agents|commands|rules)\/(.+)\.md$/.exec(path) ?? [];
  if (name !== undefined && (kind === "agents" || kind === "commands" || kind === "rules")) {
    return { kind, name };
  }
  const instructions = /^@project\/(.+)\.md$/.exec(path)?.[1];
  return instructions === undefined ? null : { kind: "rules", name: instructions };
}

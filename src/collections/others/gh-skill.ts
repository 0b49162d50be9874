/**
 * What `gh skill install` of the GitHub CLI writes into a skill: where it came from, under `metadata` of its frontmatter
 * (`github-repo`, `github-path`, `github-ref`, `github-tree-sha`, `github-pinned`).
 *
 * It writes the whole frontmatter anew for that, keys sorted and indented otherwise: so what is installed never has the
 * bytes of what was published, and is no edit of anybody's for it (BUGS U3). `isAsPublished` tells the two apart.
 */
import { isRecord, sameValue } from "../../formats/format-value.ts";
import { parseMarkdownDocument } from "../../formats/markdown-document.ts";
import { type CarriedUpstream, unknownVersion } from "./carried.ts";
import { githubReference, isCommit, shortRef } from "./git-reference.ts";

type Fields = Readonly<Record<string, unknown>>;

const provenanceKey = /^(?:github|local)-/;

/** Where a skill came from by its own frontmatter; null where that does not say. `name` is that of its folder. */
export function ghSkillProvenance(name: string, text: string): CarriedUpstream | null {
  const metadata = parseMarkdownDocument(text).fields?.metadata;
  if (!isRecord(metadata)) return null;
  const [repository, path, ref, tree, pinned] = ["repo", "path", "ref", "tree-sha", "pinned"].map((key) => {
    const value = metadata[`github-${key}`];
    return value === undefined || value === null ? null : String(value);
  });
  const found = repository == null ? null : githubReference(repository);
  if (found === null) return null;
  const named = ref == null ? null : shortRef(ref);
  const commit = named !== null && isCommit(named.ref) ? named.ref : null;
  return {
    artifact: { kind: "skill", name },
    source: found.source,
    ref: commit === null ? (named?.ref ?? null) : null,
    range: null,
    path: (path ?? "").replace(/(?:^|\/)SKILL\.md$/i, ""),
    pin:
      pinned === null || pinned === "false"
        ? commit
        : pinned === "true"
          ? (named?.ref ?? null)
          : (pinned ?? null),
    resolved: { ...unknownVersion, commit, tag: named?.tag ?? null, tree: tree ?? null },
    files: null,
  };
}

/**
 * Whether an installed skill says what was published, all of it and nothing else: the same fields but for the
 * provenance, in whatever order and layout, and the same body.
 */
export function isAsPublished(installed: string, published: string): boolean {
  if (installed === published) return true;
  const [here, there] = [parseMarkdownDocument(installed), parseMarkdownDocument(published)];
  if (here.fields === null || there.fields === null) return false;
  return (
    sameValue(withoutProvenance(here.fields), withoutProvenance(there.fields)) &&
    settled(here.parts.body) === settled(there.parts.body)
  );
}

/** A map of nothing but provenance was not there before. */
function withoutProvenance(fields: Fields): Fields {
  const { metadata, ...rest } = fields;
  if (!isRecord(metadata)) return fields;
  const kept = Object.entries(metadata).filter(([key]) => !provenanceKey.test(key));
  return kept.length === 0 ? rest : { ...rest, metadata: Object.fromEntries(kept) };
}

/** The writer puts its own line ends around the frontmatter. */
function settled(body: string): string {
  return body.replaceAll("\r\n", "\n").replace(/^\n+/, "").replace(/\n+$/, "");
}

import type { DraftList, DraftValue, PutDraft } from "../../../src/http/schemas/draft.ts";
import { type ArtifactAddress, collectionQuery } from "./artifact-address.ts";
import { request } from "./request.ts";

/** As the API names an artifact outside of addresses: `skill/pdf`. */
function artifactName({ kind, name }: ArtifactAddress): string {
  return `${kind.replace(/s$/, "")}/${name}`;
}

/** What browsers that may be gone have left of the artifact on the server. */
export async function draftsOnServer(address: ArtifactAddress): Promise<readonly DraftValue[]> {
  const query = { ...collectionQuery(address), artifact: artifactName(address) };
  const page: DraftList = await request("/api/drafts", { query });
  return page.items.filter(({ artifact }) => artifact === artifactName(address));
}

export function putDraftOnServer(
  address: ArtifactAddress,
  draft: Omit<PutDraft, "artifact">,
): Promise<unknown> {
  const body: PutDraft = { ...draft, artifact: artifactName(address) };
  return request("/api/drafts", { method: "POST", query: collectionQuery(address), body });
}

export function removeDraftOnServer(address: ArtifactAddress, client: string): Promise<unknown> {
  const query = { ...collectionQuery(address), artifact: artifactName(address), client };
  return request("/api/drafts", { method: "DELETE", query });
}

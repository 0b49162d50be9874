import { readArtifact } from "../../api/artifact.ts";
import type { ArtifactAddress } from "../../api/artifact-address.ts";
import { draftsOnServer, putDraftOnServer, removeDraftOnServer } from "../../api/drafts.ts";
import { DraftKeeper, type DraftMirror } from "../drafts/draft-keeper.ts";
import { ownTab } from "../drafts/draft-store.ts";
import { MergeRoom } from "../merging/merge-room.ts";
import { mainPath } from "./artifact-file.ts";
import { EditorController, versionOf } from "./editor-controller.ts";
import { openedOn } from "./editor-reducer.ts";
import type { Draft, TextVersion } from "./editor-state.ts";

/** Opens an artifact on its present version, with what was typed before and not saved. */
export async function openEditor(address: ArtifactAddress, signal: AbortSignal): Promise<EditorController> {
  const artifact = await readArtifact(address, signal);
  const present = versionOf(artifact);
  const { collection, scope, kind, name } = artifact;
  const place = { kind, name, collection: collection.id, scope, tab: ownTab };
  const keeper = new DraftKeeper(place, mirrorOf(address));
  const kept = await keeper.adopt().catch(() => []);
  const drafts = kept.length > 0 ? kept : await mirrored(address, present).catch(() => []);
  signal.throwIfAborted();
  const controller = new EditorController(
    address,
    openedOn(artifact.path ?? mainPath(address), present),
    new MergeRoom(),
    keeper,
  );
  if (drafts.length > 0) controller.send({ type: "drafts-found", drafts });
  return controller;
}

function mirrorOf(address: ArtifactAddress): DraftMirror {
  return {
    put: async ({ text, base }) => {
      await putDraftOnServer(address, { client: ownTab, content: text, base: base.version });
    },
    remove: async () => {
      await removeDraftOnServer(address, ownTab);
    },
  };
}

/** The drafts that the server has, for a browser that has lost its own. Without their base's text nothing can be merged. */
async function mirrored(address: ArtifactAddress, present: TextVersion): Promise<readonly Draft[]> {
  const stored = await draftsOnServer(address);
  return stored
    .filter(({ base }) => base === present.version)
    .map(({ content, at }) => ({ text: content, base: present, at: Date.parse(at) }));
}

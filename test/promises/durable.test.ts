import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { type ChangingCall, watchedDisk } from "../workspace/faulty-disk.ts";
import { disk, diskWithoutSwap, temporaryProject } from "../workspace/temporary-place.ts";
import { TemporaryWorkspace, type Wanted } from "../workspace/temporary-workspace.ts";

interface Step {
  readonly call: ChangingCall | "record" | "finish";
  readonly path: string;
}

const before = {
  "skills/old/SKILL.md": "one\n",
  "skills/old/notes.md": "two\n",
  "agents/gone.md": "three\n",
};
const after: Readonly<Record<string, Wanted>> = {
  "skills/old/SKILL.md": "one, edited\n",
  "skills/old/more.md": "a new file\n",
  "agents/gone.md": null,
  "skills/fresh/SKILL.md": "four\n",
  "skills/fresh/scripts/run.sh": { text: "#!/bin/sh\n", mode: 0o100755 },
  "skills/fresh/notes.md": "five\n",
};
const freshFiles = Object.keys(after).filter((path) => path.startsWith("skills/fresh/"));

for (const [port, ports] of [
  ["swap", disk],
  ["link", diskWithoutSwap],
] as const) {
  test(`what is recorded is on the medium first, and nobody sees it before (P2; BUGS D2) (${port})`, async () => {
    using project = temporaryProject();
    const steps: Step[] = [];
    const torn: string[] = [];
    const look = () => {
      const there = freshFiles.filter((path) => existsSync(join(project.root, path)));
      if (there.length > 0 && there.length < freshFiles.length) torn.push(...there);
    };
    const watched = watchedDisk(ports, (call, path) => {
      look();
      return () => {
        steps.push({ call, path });
        look();
      };
    });
    const wrap = (store: Store): Store => ({
      ...store,
      write: async (batches, options) => {
        const result = await store.write(batches, options);
        if ((options?.local?.journal ?? []).length > 0) steps.push({ call: "record", path: "" });
        return result;
      },
      checkouts: {
        ...store.checkouts,
        apply: async (batch, options) => {
          if ((batch.dropJournal ?? []).length > 0) steps.push({ call: "finish", path: "" });
          await store.checkouts.apply(batch, options);
        },
      },
    });
    const workspace = await TemporaryWorkspace.open(project.project, { disk: watched, wrap });
    await workspace.write(before);
    steps.splice(0);
    expect((await workspace.write(after)).status).toBe("done");
    await workspace.store.close();

    const recorded = steps.findIndex((one) => one.call === "record");
    const finished = steps.findIndex((one) => one.call === "finish");
    const staging = steps.slice(0, recorded);
    const putting = steps.slice(recorded, finished);
    expect(staging.filter((one) => !isOwn(one.path))).toEqual([]);
    const synced = (some: readonly Step[], call: ChangingCall) =>
      some.filter((one) => one.call === call).map((one) => one.path);
    const created = synced(staging, "createFile").filter((path) => !path.endsWith("lock-holder"));
    expect(created).toHaveLength(5);
    expect(synced(staging, "syncAndClose").sort()).toEqual(expect.arrayContaining(created.sort()));
    for (const folder of new Set(created.map(dirname)))
      expect(synced(staging, "syncFolder")).toContain(folder);
    for (const [index, { call, path }] of putting.entries()) {
      if (!["link", "rename", "exchange"].includes(call) || isOwn(path)) continue;
      expect(synced(putting.slice(index), "syncFolder"), `${call} ${path}`).toContain(dirname(path));
    }
    expect(torn, "a new folder is never seen half filled").toEqual([]);
  });
}

function isOwn(path: string): boolean {
  return path.includes("/stet/.work");
}

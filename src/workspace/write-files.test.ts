import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type ChangingCall, failingDisk, watchedDisk } from "../../test/workspace/faulty-disk.ts";
import {
  disk,
  diskWithoutSwap,
  folderOf,
  systemClock,
  systemRandom,
  type TemporaryProject,
  temporaryProject,
} from "../../test/workspace/temporary-place.ts";
import { entryOf, TemporaryWorkspace } from "../../test/workspace/temporary-workspace.ts";
import { randomId } from "../domain/ids.ts";
import { settleAsides } from "./settle-asides.ts";
import { stagingFolder } from "./work-folder.ts";

function put(project: TemporaryProject, path: string, text: string): string {
  const file = folderOf(join(project.root, path));
  writeFileSync(file, text);
  return file;
}

function text(project: TemporaryProject, path: string): string | null {
  const file = join(project.root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

/** Names in the staging folder that are not asides: litter once an operation is over. */
function litter(project: TemporaryProject): readonly string[] {
  return readdirSync(stagingFolder(project.place.work)).filter((name) => !name.endsWith(".aside"));
}

for (const [name, ports] of [
  ["with a swap", disk],
  ["without a swap", diskWithoutSwap],
] as const) {
  describe(name, () => {
    test("creates, replaces and deletes as one operation, and the next scan finds nothing to capture", async () => {
      using project = temporaryProject();
      put(project, "skills/a/SKILL.md", "old");
      put(project, "skills/a/gone.md", "bye");
      const workspace = await TemporaryWorkspace.open(project.project, { disk: ports });
      await workspace.capture();
      const outcome = await workspace.write({
        "skills/a/SKILL.md": "new",
        "skills/a/gone.md": null,
        "skills/a/extra.md": "extra",
        "skills/b/SKILL.md": "b",
        "skills/b/scripts/run.sh": { text: "#!/bin/sh", mode: 0o100755 },
      });
      expect(outcome).toMatchObject({ status: "done", raced: [] });
      expect(text(project, "skills/a/SKILL.md")).toBe("new");
      expect(text(project, "skills/a/gone.md")).toBeNull();
      expect(text(project, "skills/a/extra.md")).toBe("extra");
      expect(text(project, "skills/b/SKILL.md")).toBe("b");
      expect(statSync(join(project.root, "skills/b/scripts/run.sh")).mode & 0o777).toBe(0o755);
      expect(await workspace.keeps("old")).toBe(true);
      expect(await workspace.capture()).toEqual([]);
      expect(litter(project)).toEqual([]);
      expect(await workspace.store.checkouts.pending()).toEqual([]);
      await workspace.store.close();
    });

    test("a file that is not as planned is left alone, and nothing at all is written (BUGS D4)", async () => {
      using project = temporaryProject();
      const file = put(project, "skills/a/SKILL.md", "old");
      const workspace = await TemporaryWorkspace.open(project.project, { disk: ports });
      await workspace.capture();
      writeFileSync(file, "edited");
      put(project, "skills/a/untracked.md", "mine");
      const outcome = await workspace.write({
        "skills/a/SKILL.md": "new",
        "skills/a/untracked.md": "theirs",
        "skills/b/SKILL.md": "b",
      });
      expect(outcome).toMatchObject({
        status: "moved",
        files: [
          { path: "skills/a/SKILL.md", found: entryOf("edited"), why: "changed" },
          { path: "skills/a/untracked.md", found: entryOf("mine"), why: "changed" },
        ],
      });
      expect(text(project, "skills/a/SKILL.md")).toBe("edited");
      expect(existsSync(join(project.root, "skills/b"))).toBe(false);
      expect((await workspace.store.history.operations({ limit: 10 })).map((one) => one.kind)).toEqual([
        "capture",
      ]);
      await workspace.store.close();
    });

    test("a file deleted meanwhile is not resurrected (BUGS D4)", async () => {
      using project = temporaryProject();
      const file = put(project, "skills/a/SKILL.md", "old");
      const workspace = await TemporaryWorkspace.open(project.project, { disk: ports });
      await workspace.capture();
      unlinkSync(file);
      const outcome = await workspace.write({ "skills/a/SKILL.md": "new" });
      expect(outcome).toMatchObject({ status: "moved", files: [{ found: null, why: "changed" }] });
      expect(existsSync(file)).toBe(false);
      await workspace.store.close();
    });

    test("links survive as links, and a link out of the root is never replaced (BUGS D6)", async () => {
      using project = temporaryProject();
      put(project, "skills/a/SKILL.md", "a");
      symlinkSync("SKILL.md", join(project.root, "skills/a/link"));
      writeFileSync(join(project.project, "outside"), "precious");
      const workspace = await TemporaryWorkspace.open(project.project, { disk: ports });
      await workspace.capture();
      const link = { text: "other.md", mode: 0o120000 };
      expect(await workspace.write({ "skills/a/link": link, "skills/a/second": link })).toMatchObject({
        status: "done",
      });
      expect(readlinkSync(join(project.root, "skills/a/link"))).toBe("other.md");
      expect(readlinkSync(join(project.root, "skills/a/second"))).toBe("other.md");
      symlinkSync("../../../outside", join(project.root, "skills/a/leaves"));
      expect(await workspace.write({ "skills/a/leaves": "file" })).toMatchObject({
        status: "moved",
        files: [{ why: "blocked" }],
      });
      symlinkSync(project.project, join(project.root, "skills/elsewhere"));
      expect(await workspace.write({ "skills/elsewhere/outside": "x" })).toMatchObject({
        status: "moved",
        files: [{ why: "blocked" }],
      });
      expect(readFileSync(join(project.project, "outside"), "utf8")).toBe("precious");
      await workspace.store.close();
    });

    test("a mode alone is a change, and the mode of what is replaced is part of what was planned", async () => {
      using project = temporaryProject();
      const file = put(project, "skills/a/run.sh", "x");
      const workspace = await TemporaryWorkspace.open(project.project, { disk: ports });
      await workspace.capture();
      expect(await workspace.write({ "skills/a/run.sh": { text: "x", mode: 0o100750 } })).toMatchObject({
        status: "done",
      });
      expect(statSync(file).mode & 0o777).toBe(0o750);
      chmodSync(file, 0o700);
      expect(await workspace.write({ "skills/a/run.sh": "y" })).toMatchObject({ status: "moved" });
      await workspace.store.close();
    });

    test("a file becomes a folder and a folder a file, in one operation", async () => {
      using project = temporaryProject();
      put(project, "skills/a/thing", "file");
      put(project, "skills/b/thing/one.md", "1");
      put(project, "skills/b/thing/deep/two.md", "2");
      const workspace = await TemporaryWorkspace.open(project.project, { disk: ports });
      await workspace.capture();
      const outcome = await workspace.write({
        "skills/a/thing": null,
        "skills/a/thing/inside.md": "inside",
        "skills/b/thing": "now a file",
        "skills/b/thing/one.md": null,
        "skills/b/thing/deep/two.md": null,
      });
      expect(outcome).toMatchObject({ status: "done", raced: [] });
      expect(text(project, "skills/a/thing/inside.md")).toBe("inside");
      expect(text(project, "skills/b/thing")).toBe("now a file");
      expect(await workspace.capture()).toEqual([]);
      await workspace.store.close();
    });

    test("a deletion takes the folders it empties with it, and none that holds anything (BUGS D5)", async () => {
      using project = temporaryProject();
      put(project, "skills/a/SKILL.md", "a");
      put(project, "skills/b/scripts/x", "b");
      put(project, "skills/b/.DS_Store", "ignored");
      const workspace = await TemporaryWorkspace.open(project.project, { disk: ports });
      await workspace.capture();
      await workspace.write({ "skills/a/SKILL.md": null, "skills/b/scripts/x": null });
      expect(readdirSync(join(project.root, "skills"))).toEqual(["b"]);
      expect(readdirSync(join(project.root, "skills/b"))).toEqual([".DS_Store"]);
      await workspace.store.close();
    });

    test("an error in the middle takes everything back, on record, for every call it can come at", async () => {
      const wanted = {
        "skills/a/SKILL.md": "new",
        "skills/a/gone.md": null,
        "skills/a/extra.md": "extra",
        "skills/b/SKILL.md": "b",
        "skills/b/scripts/run.sh": "run",
      };
      let calls = 0;
      let reverted = 0;
      for (let n = 1; n <= calls + 1; n++) {
        using project = temporaryProject();
        put(project, "skills/a/SKILL.md", "old");
        put(project, "skills/a/gone.md", "bye");
        const first = await TemporaryWorkspace.open(project.project);
        await first.capture();
        (await first.lock()).release();
        await first.store.close();
        const concerns = (_call: ChangingCall, path: string) => !path.includes("lock");
        const failing = failingDisk(ports, "ENOSPC", n, concerns);
        const workspace = await TemporaryWorkspace.open(project.project, { disk: failing.disk });
        await workspace.capture();
        for (const path of ["SKILL.md", "gone.md"]) {
          workspace.present.set(`skills/a/${path}`, entryOf(path === "SKILL.md" ? "old" : "bye"));
        }
        const outcome = await workspace.write(wanted).catch((error: unknown) => error);
        calls = Math.max(calls, failing.seen());
        const isDone = text(project, "skills/a/SKILL.md") === "new";
        if (!isDone) {
          expect(text(project, "skills/a/SKILL.md")).toBe("old");
          expect(text(project, "skills/a/gone.md")).toBe("bye");
          expect(existsSync(join(project.root, "skills/a/extra.md"))).toBe(false);
          expect(existsSync(join(project.root, "skills/b"))).toBe(false);
        }
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "E-DISK-FULL" });
        else if (typeof outcome === "object" && outcome !== null && "status" in outcome) {
          expect(outcome.status).toBe(isDone ? "done" : "reverted");
          if (outcome.status === "reverted") reverted++;
        }
        expect(litter(project)).toEqual([]);
        expect(await workspace.store.checkouts.pending()).toEqual([]);
        expect((await workspace.store.history.verify()).problems).toEqual([]);
        await workspace.store.close();
      }
      expect(reverted).toBeGreaterThan(5);
    });

    test("a racing writer's rename at every step of the put loses nothing", async () => {
      let raced = 0;
      for (let step = 1; raced === step - 1; step++) {
        using project = temporaryProject();
        const file = put(project, "skills/a/SKILL.md", "old");
        let seen = 0;
        let armed = false;
        const racing = watchedDisk(ports, (_call, path) => {
          if (!armed || (path !== file && !path.includes("/staging/"))) return undefined;
          if (++seen !== step) return undefined;
          writeFileSync(`${file}.editor`, "raced");
          renameSync(`${file}.editor`, file);
          return undefined;
        });
        const workspace = await TemporaryWorkspace.open(project.project, { disk: racing });
        await workspace.capture();
        const held = await workspace.lock();
        armed = true;
        const outcome = await workspace.write({ "skills/a/SKILL.md": "new" }, { lock: held });
        armed = false;
        held.release();
        if (seen >= step) raced++;
        await workspace.capture();
        expect(await workspace.keeps("old")).toBe(true);
        const isKept =
          seen < step || (await workspace.keeps("raced")) || text(project, "skills/a/SKILL.md") === "raced";
        expect(isKept, `step ${step}, ${JSON.stringify(outcome)}`).toBe(true);
        expect((await workspace.store.history.verify()).problems).toEqual([]);
        await workspace.store.close();
      }
      expect(raced).toBeGreaterThan(2);
    });
  });
}

test("an operation that is sent again after it was recorded does nothing more", async () => {
  using project = temporaryProject();
  const workspace = await TemporaryWorkspace.open(project.project);
  const id = randomId("operation", systemRandom(20));
  expect(await workspace.write({ "skills/a/SKILL.md": "one" }, { id })).toMatchObject({ status: "done" });
  writeFileSync(join(project.root, "skills/a/SKILL.md"), "edited since");
  workspace.present.clear();
  expect(await workspace.write({ "skills/a/SKILL.md": "one" }, { id })).toMatchObject({
    status: "done",
    outcomes: [{ replayed: true }],
  });
  expect(text(project, "skills/a/SKILL.md")).toBe("edited since");
  await workspace.store.close();
});

test("a ref that moved leaves the disk as it is", async () => {
  using project = temporaryProject();
  const workspace = await TemporaryWorkspace.open(project.project);
  const wrong = entryOf("not a commit").blob;
  const commit = JSON.parse(JSON.stringify(wrong));
  const refs = [{ name: `${workspace.collection}/heads/main`, before: commit, after: null } as const];
  const outcome = await workspace.write({ "skills/a/SKILL.md": "one" }, { refs });
  expect(outcome.status).toBe("stale");
  expect(existsSync(join(project.root, "skills/a"))).toBe(false);
  expect(litter(project)).toEqual([]);
  await workspace.store.close();
});

test("a new folder that appears meanwhile is joined, and its files stay", async () => {
  using project = temporaryProject();
  const racer = join(project.root, "skills/b");
  let armed = true;
  const racing = watchedDisk(disk, (call) => {
    if (call !== "rename" || !armed) return undefined;
    armed = false;
    mkdirSync(racer);
    writeFileSync(join(racer, "SKILL.md"), "theirs");
    return undefined;
  });
  const workspace = await TemporaryWorkspace.open(project.project, { disk: racing });
  const outcome = await workspace.write({ "skills/b/SKILL.md": "ours", "skills/b/scripts/x": "x" });
  expect(outcome).toMatchObject({
    status: "done",
    raced: [{ path: "skills/b/SKILL.md", found: entryOf("theirs") }],
  });
  expect(text(project, "skills/b/SKILL.md")).toBe("theirs");
  expect(text(project, "skills/b/scripts/x")).toBe("x");
  expect(litter(project)).toEqual([]);
  await workspace.store.close();
});

test("an editor that holds the displaced file open loses nothing: what it writes is kept as a version", async () => {
  using project = temporaryProject();
  put(project, "skills/a/SKILL.md", "old");
  const workspace = await TemporaryWorkspace.open(project.project);
  await workspace.capture();
  await workspace.write({ "skills/a/SKILL.md": "new" });
  const [aside] = await workspace.store.checkouts.asides(workspace.place.checkout);
  if (aside === undefined) throw new Error("nothing was set aside");
  writeFileSync(aside.disk, "typed into the old inode");
  const { store, place } = workspace;
  const context = { store, disk, clock: systemClock, random: systemRandom };
  const kept = await settleAsides(context, place.checkout, { graceMicros: 0 });
  expect(kept).toMatchObject([{ path: "skills/a/SKILL.md", why: "kept" }]);
  expect(await workspace.keeps("typed into the old inode")).toBe(true);
  expect(existsSync(aside.disk)).toBe(true);
  await settleAsides(context, place.checkout, { graceMicros: 0 });
  expect(existsSync(aside.disk)).toBe(false);
  expect(await store.checkouts.asides(place.checkout)).toEqual([]);
  await store.close();
});

test("clean-up takes what stet made and nothing that only looks like it (BUGS D3)", async () => {
  using project = temporaryProject();
  const workspace = await TemporaryWorkspace.open(project.project);
  (await workspace.lock()).release();
  const folder = stagingFolder(project.place.work);
  const dead = randomId("operation", systemRandom(20));
  const theirs = [`${dead}.1.aside.bak`, `${dead}.x`, `${dead}-bar.0`, "foo", `${dead}.0.aside`];
  for (const name of [`${dead}.0`, ...theirs]) writeFileSync(join(folder, name), `only copy of ${name}`);
  await workspace.recover();
  expect(readdirSync(folder).sort()).toEqual([...theirs].sort());
  await workspace.store.close();
});

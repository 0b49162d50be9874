import { statSync } from "node:fs";
import { join } from "node:path";
import { StetError } from "../../domain/errors.ts";
import type { BlobId } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import { blobId } from "../../snapshot/hash.ts";
import type { Store } from "../../store/store.ts";
import { readGitState } from "../../workspace/git-state.ts";
import { nodeDisk } from "../../workspace/node-disk.ts";
import type { Environment } from "../environment.ts";
import { userSettings } from "../workbench/user-settings.ts";
import { openUserStore } from "../workbench/workbench.ts";
import { type DoctorCheck, fine, orFine } from "./doctor-check.ts";

const nodeMajorMin = 24;

export function checkNode(version: string): DoctorCheck {
  if (Number(version.split(".")[0]) >= nodeMajorMin) return fine("D-NODE", `Node ${version}`);
  return {
    code: "D-NODE",
    severity: "error",
    message: `Node ${version} is older than ${nodeMajorMin}.`,
    where: null,
    fix: { cmd: `npx -p node@${nodeMajorMin} -p stet stet status`, summary: "run stet on a newer one" },
  };
}

export function checkSettings(environment: Environment): DoctorCheck {
  const { problem } = userSettings(environment);
  if (problem === null) return fine("D-SETTINGS", "your settings can be read");
  const where = join(environment.storeFolder, "config.toml");
  return {
    code: "D-SETTINGS",
    severity: "warning",
    message: `Your settings count as not set: ${problem}`,
    where,
    fix: { cmd: `$EDITOR ${where}`, summary: "mend the file by hand" },
  };
}

/** The store: whether it opens, what it holds where a sample is hashed again, and what was left half done. */
export async function checkStore(environment: Environment, full: boolean): Promise<readonly DoctorCheck[]> {
  const { storeFolder } = environment;
  if (statSync(join(storeFolder, "store.db"), { throwIfNoEntry: false }) === undefined)
    return [fine("D-STORE", "there is no store yet")];
  let store: Store;
  try {
    store = await openUserStore(environment);
  } catch (error) {
    return [whyNotOpened(error, storeFolder)];
  }
  try {
    return [
      ...(full ? await verifyAll(store) : await hashSample(store)),
      ...(await checkJournal(store)),
      await checkClock(environment, store),
      checkStorePlace(environment),
    ];
  } catch (error) {
    return [whyNotOpened(error, storeFolder)];
  } finally {
    await store.close();
  }
}

function whyNotOpened(error: unknown, where: string): DoctorCheck {
  if (!(error instanceof StetError)) throw error;
  const { what, why, fixes } = error;
  return { code: "D-STORE", severity: "error", message: `${what} ${why}`, where, fix: fixes[0] ?? null };
}

async function verifyAll(store: Store): Promise<readonly DoctorCheck[]> {
  const { objects, problems } = await store.history.verify();
  const found = problems.map(
    ({ what, where }): DoctorCheck => ({
      code: "D-STORE",
      severity: "error",
      message: what,
      where,
      fix: { cmd: "stet repair", summary: "save what is intact, and say what that is" },
    }),
  );
  return orFine(found, "D-STORE", `all ${objects} objects are what their ids say`);
}

const operationsSampled = 100;

async function hashSample(store: Store): Promise<readonly DoctorCheck[]> {
  const operations = await store.history.operations({ limit: operationsSampled });
  const ids = new Set<BlobId>();
  for (const { changes } of operations) {
    for (const { after } of changes) if (after !== null) ids.add(after.blob);
  }
  const wanted = [...ids].slice(0, operationsSampled);
  const bytes = await store.history.getMany(wanted);
  const states = await store.history.inspect(wanted);
  const damaged = wanted.filter((id, index) => {
    const content = bytes[index];
    return content === undefined ? states[index]?.state === "absent" : blobId(content) !== id;
  });
  const found = damaged.map(
    (id): DoctorCheck => ({
      code: "D-STORE",
      severity: "error",
      message: "An object of the store is not what its id says, or is lost.",
      where: id,
      fix: { cmd: "stet verify", summary: "check the whole store" },
    }),
  );
  return orFine(found, "D-STORE", `${wanted.length} of the newest objects hashed again (all: --full)`);
}

async function checkJournal(store: Store): Promise<readonly DoctorCheck[]> {
  const pending = await store.checkouts.pending();
  const found = pending.map(({ operation, rows }): DoctorCheck => {
    const stuck = rows.find((row) => row.stuck !== null);
    return {
      code: "D-JOURNAL",
      severity: stuck === undefined ? "warning" : "error",
      message:
        stuck === undefined
          ? `An operation was left half done: ${rows.length} files.`
          : `A file could neither be finished nor taken back: ${stuck.path} (${stuck.stuck}).`,
      where: operation,
      fix: { cmd: "stet status", summary: "finish it, or take it back" },
    };
  });
  return orFine(found, "D-JOURNAL", "nothing was left half done");
}

async function checkClock({ clock }: Environment, store: Store): Promise<DoctorCheck> {
  const [last] = await store.history.operations({ limit: 1 });
  const behind = last === undefined ? 0 : last.at - clock.now();
  if (behind <= limits.clockLeadMicrosMax) return fine("D-CLOCK", "the clock is not behind the log");
  const hours = Math.round(behind / 3_600_000_000);
  return {
    code: "D-CLOCK",
    severity: "warning",
    message: `The clock stands ${hours} hours behind the newest operation: times of new ones are uncertain.`,
    where: null,
    fix: { cmd: "timedatectl", summary: "see and set the machine's clock" },
  };
}

function checkStorePlace({ storeFolder, platform }: Environment): DoctorCheck {
  const git = readGitState(nodeDisk({ platform }), storeFolder);
  if (git !== null) {
    return {
      code: "D-STORE-PLACE",
      severity: "warning",
      message: `The store lies in the git repository ${git.top}: a commit of it would publish all history.`,
      where: storeFolder,
      fix: {
        cmd: `echo /${storeFolder.slice(git.top.length + 1)}/ >> ${git.top}/.gitignore`,
        summary: "ignore it",
      },
    };
  }
  if ((statSync(storeFolder).mode & 0o077) === 0) return fine("D-STORE-PLACE", "only you can read the store");
  return {
    code: "D-STORE-PLACE",
    severity: "warning",
    message: "Others can look into the store's folder.",
    where: storeFolder,
    fix: { cmd: `chmod 700 ${storeFolder}`, summary: "keep it to yourself" },
  };
}

import { readFileSync, statfsSync } from "node:fs";
import { StetError } from "../../domain/errors.ts";

/**
 * File systems of other machines, by the type that statfs gives on Linux (linux/magic.h). WAL needs memory that
 * all processes share, and locks that are kept: neither holds across machines (https://www.sqlite.org/wal.html).
 */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, "nfs"],
  [0xff534d42, "cifs"],
  [0xfe534d42, "smb2"],
  [0x517b, "smb"],
  [0x564c, "ncp"],
  [0x5346414f, "afs"],
  [0x6b414653, "afs"],
  [0x73757245, "coda"],
  [0x00c36400, "ceph"],
  [0x0bd00bd0, "lustre"],
  [0x01021997, "9p"],
  [0x01161970, "gfs2"],
]);
const fuseType = 0x65735546;
const networkFuse = /^fuse\.(sshfs|rclone|s3fs|gcsfuse|glusterfs|cephfs|davfs|goofys|smb|nfs|blobfuse)/;

/** Name of the network file system that a folder lies on; null for a local one, or where it cannot be told. */
function networkFileSystem(folder: string): string | null {
  const type = statfsSync(folder).type >>> 0;
  const known = networkTypes.get(type);
  if (known !== undefined) return known;
  if (type !== fuseType) return null;
  const mounted = mountedType(folder);
  return mounted !== null && networkFuse.test(mounted) ? mounted : null;
}

/** The type that the longest mount point above a folder was mounted with. */
function mountedType(folder: string): string | null {
  let table: string;
  try {
    table = readFileSync("/proc/self/mounts", "utf8");
  } catch {
    return null;
  }
  let best = { length: -1, type: null as string | null };
  for (const line of table.split("\n")) {
    const [, point = "", type = ""] = line.split(" ");
    const inside = folder === point || folder.startsWith(point.endsWith("/") ? point : `${point}/`);
    if (inside && point.length > best.length) best = { length: point.length, type };
  }
  return best.type;
}

/** Throws E-STORE-PLACE where the folder lies on a network file system. */
export function requireLocalPlace(folder: string): void {
  const found = networkFileSystem(folder);
  if (found === null) return;
  throw new StetError({
    code: "E-STORE-PLACE",
    what: "The store cannot be kept in this folder.",
    where: folder,
    why: `it lies on a network file system (${found}), where the database cannot be kept safe`,
    kept: "Nothing was written.",
    fixes: [{ cmd: "STET_HOME=<a local folder> stet status", summary: "keep the store on a local disk" }],
  });
}

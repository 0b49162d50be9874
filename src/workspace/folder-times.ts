import { statfsSync } from "node:fs";

/**
 * File systems whose folders get another time with every name that is put in or taken out, by the type that
 * statfs gives (linux/magic.h; sys/mount.h). Network and user-space file systems may answer from a memory of
 * their own, so what is not listed here is not relied upon.
 */
const typesThatTell: Readonly<Record<string, ReadonlySet<number>>> = {
  linux: new Set([
    0xef53, // ext2, ext3, ext4
    0x58465342, // xfs
    0x9123683e, // btrfs
    0x2fc12fc1, // zfs
    0xf2f52010, // f2fs
    0xca451a4e, // bcachefs
    0x794c7630, // overlayfs
    0x01021994, // tmpfs
  ]),
  darwin: new Set([
    0x1a, // apfs
    0x11, // hfs
  ]),
};

/** Whether the times of this folder tell of every change of the names in it. False where that is not known. */
export function folderTimesTell(platform: string, folder: string): boolean {
  try {
    return typesThatTell[platform]?.has(statfsSync(folder).type >>> 0) ?? false;
  } catch {
    return false;
  }
}

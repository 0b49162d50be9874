import { executableMode, type FileMode, regularMode, symlinkMode } from "../../domain/files.ts";

/** A file's mode as a small integer: the two common ones take no byte at all in a row. */
export function modeCell(mode: FileMode): number {
  if (mode === regularMode) return 0;
  if (mode === executableMode) return 1;
  if (mode === symlinkMode) return 2;
  return mode - 0o100000 + 3;
}

export function modeOfCell(cell: number): FileMode {
  if (cell === 0) return regularMode;
  if (cell === 1) return executableMode;
  if (cell === 2) return symlinkMode;
  return cell - 3 + 0o100000;
}

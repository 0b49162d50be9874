import { isSymlink } from "../../domain/files.ts";
import { TextLines } from "./text-lines.ts";
import { type TrustFinding, trustFinding } from "./trust-finding.ts";

const executableBits = 0o111;
const shebang = [0x23, 0x21];
/** First bytes of programs: ELF, Windows, Mach-O of either order and of several architectures. */
const programs = [
  [0x7f, 0x45, 0x4c, 0x46],
  [0x4d, 0x5a],
  [0xcf, 0xfa, 0xed, 0xfe],
  [0xce, 0xfa, 0xed, 0xfe],
  [0xfe, 0xed, 0xfa, 0xce],
  [0xfe, 0xed, 0xfa, 0xcf],
  [0xca, 0xfe, 0xba, 0xbe],
];

/** Whether a file can be run: by its mode, by a line that names its interpreter, or as a program of a system. */
export function isExecutable(mode: number, bytes: Uint8Array): boolean {
  if (isSymlink(mode)) return false;
  return (mode & executableBits) !== 0 || [shebang, ...programs].some((magic) => beginsWith(bytes, magic));
}

/** The finding for a file that can be run and was not there, or could not be run, before. */
export function executableFinding(path: string, mode: number, bytes: Uint8Array): TrustFinding {
  const first = beginsWith(bytes, shebang) ? new TextDecoder().decode(bytes.subarray(0, 200)) : null;
  const message = (mode & executableBits) !== 0 ? "can now be run" : "can now be run by what it begins with";
  return trustFinding("executable", path, {
    message,
    lines: first === null ? [] : [new TextLines(first).shownAt(0)],
    evidence: [first ?? ""],
  });
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

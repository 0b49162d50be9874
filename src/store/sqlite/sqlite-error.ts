import { StetError } from "../../domain/errors.ts";
import { CommitFailed } from "./database.ts";

/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const codes = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

/** The primary result code of an error of SQLite; null for any other error. */
function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  return error.errcode & 0xff;
}

function rootCause(error: unknown): unknown {
  return error instanceof CommitFailed ? error.cause : error;
}

/** Another connection holds the lock that was needed: worth trying again. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(rootCause(error));
  return code === codes.busy || code === codes.locked;
}

/** After this error the connection must be closed: what it remembers of the file may no longer be so. */
export function spoilsConnection(error: unknown): boolean {
  return error instanceof CommitFailed || primaryCode(error) === codes.io;
}

const slots = {
  [codes.busy]: { code: "E-STORE-BUSY", what: "The store stayed busy.", fix: "try again" },
  [codes.locked]: { code: "E-STORE-BUSY", what: "The store stayed busy.", fix: "try again" },
  [codes.readOnly]: {
    code: "E-PERMISSION",
    what: "The store cannot be written.",
    fix: "see which folder is read-only",
  },
  [codes.io]: { code: "E-IO", what: "The store could not be read or written.", fix: "check the store" },
  [codes.corrupt]: { code: "E-STORE-DAMAGED", what: "The store is damaged.", fix: "list what is damaged" },
  [codes.full]: { code: "E-DISK-FULL", what: "The disk of the store is full.", fix: "see what takes space" },
  [codes.cannotOpen]: { code: "E-PERMISSION", what: "The store cannot be opened.", fix: "see why" },
  [codes.notADatabase]: {
    code: "E-STORE-DAMAGED",
    what: "The file in the store's place is not a store.",
    fix: "list what is damaged",
  },
} as const;

function isKnown(code: number | null): code is keyof typeof slots {
  return code !== null && code in slots;
}

/** Puts an error of SQLite into the five slots; any other error comes back as it is. */
export function storeError(error: unknown, file: string): unknown {
  const cause = rootCause(error);
  const code = primaryCode(cause);
  if (!isKnown(code) || !(cause instanceof Error)) return cause;
  const { code: stetCode, what, fix } = slots[code];
  return new StetError(
    {
      code: stetCode,
      what,
      where: file,
      why: cause.message,
      kept:
        error instanceof CommitFailed && code !== codes.full
          ? "What was stored before is untouched; whether this last write was stored, the log shows."
          : "Nothing of this write was stored; what was stored before is untouched.",
      fixes: [{ cmd: "stet doctor", summary: fix }],
    },
    { cause },
  );
}

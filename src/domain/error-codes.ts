/** Every error code, with what `stet explain <code>` says of it and the exit code it ends a command with. */
export const errorCodes = {
  "E-INTERNAL": {
    exit: 1,
    text: "An invariant of stet itself did not hold. The operation stopped before it could write anything further. Please report it together with the output of `stet verify`.",
  },
  "E-NODE": {
    exit: 1,
    text: "stet needs Node 24 or later and was started by an older one. `npx -p node@24 -p stet stet ...` runs it on a newer one without installing anything else.",
  },
  "E-USAGE": { exit: 2, text: "The command line could not be understood. Nothing was done." },
  "E-NOT-FOUND": {
    exit: 1,
    text: "The artifact, version, operation or conflict named is not there. `stet list` and `stet log` show what is.",
  },
  "E-AMBIGUOUS": { exit: 2, text: "A shortened id or name fits more than one thing. Give more of it." },
  "E-NO-COLLECTION": {
    exit: 1,
    text: "This folder is not part of a collection yet. `stet init` shows a plan for making it one, and writes nothing until that is confirmed.",
  },
  "E-EXISTS": { exit: 1, text: "There is one already under that name; nothing was replaced." },
  "E-NAME": {
    exit: 6,
    text: "A name may hold lower-case letters, digits and hyphens, segments parted by a slash, each at most 64 characters. It may not be a device name of Windows, begin with a hyphen, or leave its folder.",
  },
  "E-PATH": {
    exit: 6,
    text: "A path leaves its folder, or holds characters that cannot be kept on every file system.",
  },
  "E-LIMIT": {
    exit: 6,
    text: "A limit was exceeded. What cannot be kept is not replaced, moved or deleted either.",
  },
  "E-INVALID": { exit: 6, text: "The text is not valid for its kind. It is kept as it is." },
  "E-SECRET": {
    exit: 6,
    text: "Something that looks like a secret stands in the text. It is not written to a shared place. If it is real, change it at its issuer first; if it is not, `stet allow <finding> --reason ...` lets it pass.",
  },
  "E-CONFIRM": {
    exit: 4,
    text: "The command asks for a confirmation and there is no terminal to ask on. `--yes` accepts the plan as shown.",
  },
  "E-CONFLICT": {
    exit: 4,
    text: "Two writers changed the same thing. Both versions are kept; `stet conflicts` lists what to settle.",
  },
  "E-MASS-LOSS": {
    exit: 4,
    text: "More than half of the artifacts vanished at once, or the root is gone. That is more often a mistake (an unmounted disk, a wrong branch) than a wish, so it is not recorded as a deletion before it is confirmed.",
  },
  "E-STALE": {
    exit: 5,
    text: "What the operation was based on is no longer the present version. Nothing was replaced.",
  },
  "E-PRECONDITION": {
    exit: 5,
    text: "A save says which version it replaces: by the file's time, by a version as base, or by If-Match. None was given, or one that is not known. The submitted text is kept.",
  },
  "E-BRANCH-HELD": {
    exit: 1,
    text: "A checkout has that branch on disk. Two that write one branch would overtake each other, so it stays with the one that has it until that goes to another branch.",
  },
  "E-TARGET-AHEAD": {
    exit: 4,
    text: "A runtime's copy was edited since stet wrote it. Pushing would replace that edit, so it was left alone.",
  },
  "E-LOCKED": {
    exit: 7,
    text: "Another process holds the lock of this root or store. It is dropped by the operating system as soon as that process ends.",
  },
  "E-DETACHED": {
    exit: 1,
    text: "The root of this checkout is gone, or another folder stands in its place. `stet relink` joins a moved folder to its history.",
  },
  "E-FOREIGN-COLLECTION": {
    exit: 4,
    text: "This folder carries the id of a collection that the store knows from somewhere else. It is joined to that history only after confirmation.",
  },
  "E-UNREADABLE": { exit: 1, text: "A file could not be read, so it is not kept and not replaced." },
  "E-RESTLESS": {
    exit: 1,
    text: "A file kept changing while it was read. What was read last is recorded as unsettled and not pushed.",
  },
  "E-DISK-FULL": {
    exit: 1,
    text: "The disk is full. The operation was taken back; nothing was left half written.",
  },
  "E-PERMISSION": { exit: 1, text: "The operating system refused access." },
  "E-IO": { exit: 1, text: "The operating system reported an error on reading or writing." },
  "E-STORE-BUSY": {
    exit: 7,
    text: "The store stayed busy with other writers for longer than the wait allows.",
  },
  "E-STORE-DAMAGED": {
    exit: 1,
    text: "A part of the store does not hold what it should. What is intact stays readable; `stet repair` salvages it and says what it saved.",
  },
  "E-STORE-NEWER": {
    exit: 1,
    text: "The store was written by a newer version of stet. An older program never writes it.",
  },
  "E-STORE-COPIED": {
    exit: 1,
    text: "This store is a copy of another one. It must take an id of its own before it is written.",
  },
  "E-STORE-PLACE": {
    exit: 1,
    text: "The store lies on a network file system, where the database cannot be kept safe.",
  },
  "E-OBJECT-MISSING": {
    exit: 1,
    text: "An object that something refers to is neither present nor marked as pruned.",
  },
  "E-PRUNED": {
    exit: 1,
    text: "That version was pruned by policy. Its tombstone says when and by which operation.",
  },
  "E-STUCK": {
    exit: 1,
    text: "An operation could not be finished nor taken back for one file. `stet status` shows it; nothing else is held up.",
  },
  "E-INTERRUPTED": {
    exit: 130,
    text: "The command was interrupted. Either nothing had been changed, or the journal finishes it with the next command.",
  },
  "E-NOTHING-TO-UNDO": {
    exit: 1,
    text: "There is no operation by this actor left to undo. `stet log` shows all; another's operation needs its id or --any.",
  },
  "E-ACCESS": {
    exit: 1,
    text: "A server of stet was asked by somebody who did not show that they may. `stet open` lets a browser in; programs send the token in `server.json` beside the store.",
  },
  "E-UNSUPPORTED": { exit: 1, text: "The runtime has no place for this kind of artifact." },
  "E-UNTRUSTED": {
    exit: 4,
    text: "A project's own configuration asks for something outside the project. It is followed only after the user has trusted it.",
  },
  "E-UPSTREAM": {
    exit: 8,
    text: "The third-party source could not be reached, or does not hold what was asked of it. What the store holds of it still serves: `stet outdated` says what is known, and `stet install` works without the network.",
  },
  "E-SECURITY": {
    exit: 6,
    text: "What came from a third party holds something that nobody would see by reading it, or asks for more power than it had. It is shown with its lines and not taken in before `stet allow <finding> --reason ...` lets it pass.",
  },
  "E-COLLECTION-FILE": {
    exit: 6,
    text: "The collection's manifest or lock cannot be read: it is damaged, or a newer stet wrote it. It is left as it is, and nothing is written over it.",
  },
  "E-HORIZON": { exit: 1, text: "The operation lies behind the undo horizon or was pruned." },
} as const satisfies Record<string, { exit: number; text: string }>;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text);
}

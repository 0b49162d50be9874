/** Every limit of the product, the unit last. Exceeding one is a clear error, never a silent cut. */
export const limits = {
  /** A file larger than this is not kept, and so never replaced, moved or deleted (promise P1). */
  blobBytesMax: 256 * 1024 * 1024,
  /** Files of one artifact. */
  artifactFilesMax: 20_000,
  /** All files of one artifact that a third party sent. */
  artifactBytesMax: 512 * 1024 * 1024,
  /** An archive, or anything else that is downloaded. */
  downloadBytesMax: 512 * 1024 * 1024,
  /** What a registry says of one package: thousands of versions take tens of megabytes. */
  packumentBytesMax: 128 * 1024 * 1024,
  /** All that an archive unpacks to. */
  unpackedBytesMax: 1024 * 1024 * 1024,
  /** Files, links and folders in one archive. */
  archiveEntriesMax: 100_000,
  /** How many times its own size an archive may unpack to, beyond the bytes that are let pass in any case. */
  archiveRatioMax: 200,
  archiveRatioFreeBytes: 16 * 1024 * 1024,
  /** How long a download may take, and how long it may be silent. */
  downloadMillisecondsMax: 600_000,
  downloadSilenceMillisecondsMax: 30_000,
  /** How often a download is sent on to another address, and how often it is asked for again. */
  redirectsMax: 5,
  downloadAttemptsMax: 3,
  /** The longest that a server's wish to be asked later is waited for. */
  retryAfterMillisecondsMax: 30_000,
  /** Files of one collection. */
  collectionFilesMax: 1_000_000,
  /** A collection path, in UTF-8 bytes. */
  pathBytesMax: 1024,
  /** One segment of a path, in UTF-8 bytes: what common file systems hold. */
  pathSegmentBytesMax: 255,
  /** Folders below a root that are scanned. */
  pathDepthMax: 32,
  /** An artifact's new name, in characters of one segment (Agent Skills specification). */
  nameSegmentCharactersMax: 64,
  /** Text of a message or reason, in UTF-8 bytes. */
  messageBytesMax: 64 * 1024,
  /** Text that is parsed as an artifact; a longer one is kept and not parsed. */
  parsedTextBytesMax: 8 * 1024 * 1024,
  /** Parents of a commit. */
  commitParentsMax: 16,
  /** How far the store's clock may run ahead of the wall clock. */
  clockLeadMicrosMax: 3_600_000_000,
  /** Content stored ahead of an operation is spared this long, should the operation never come. */
  aheadGraceMicros: 86_400_000_000,
  /** Content that a command holds at a time; what goes beyond is stored ahead, or read again when it is needed. */
  heldBytesMax: 4 * 1024 * 1024,
  /** Body of one request to a server. */
  requestBytesMax: 16 * 1024 * 1024,
  /** How long a lock is waited for, in milliseconds, before exit code 7. */
  lockWaitMillisecondsMax: 10_000,
  /** How long a writer waits for its turn, in milliseconds, before it goes on without. */
  turnWaitMillisecondsMax: 1_000,
  /** How often a save is made anew because another process moved the ref meanwhile. */
  refSaveAttemptsMax: 20,
  /** How often a file that changes while it is read is read again. */
  restlessReadsMax: 5,
  /** Undo reaches back at least this far. */
  undoHorizonDaysMin: 90,
  undoHorizonOperationsMin: 1_000,
  /** Loss of more than half of this many artifacts at once asks for confirmation. */
  massLossArtifactsMin: 10,
} as const;

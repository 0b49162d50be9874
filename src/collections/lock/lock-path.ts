/** Path of the lock below a root, and so in the collection. */
export const lockFilePath = "stet/collection.lock";

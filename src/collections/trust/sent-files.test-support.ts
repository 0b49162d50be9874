import { executableMode, regularMode, symlinkMode } from "../../domain/files.ts";
import type { FetchedFile } from "../sources/fetched-file.ts";
import type { FetchedArtifact } from "./look-at.ts";

/** What a third party sends: texts by path; a path that ends in `*` can be run, one that ends in `@` is a link. */
export function sent(
  texts: Readonly<Record<string, string | Uint8Array>>,
  origin: Partial<FetchedArtifact> = {},
): FetchedArtifact {
  const files = Object.entries(texts).map(([name, text]) => sentFile(name, text));
  return { files, licence: null, publisher: null, ...origin };
}

function sentFile(name: string, text: string | Uint8Array): FetchedFile {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const mode = name.endsWith("*") ? executableMode : name.endsWith("@") ? symlinkMode : regularMode;
  const path = mode === regularMode ? name : name.slice(0, -1);
  return { path, mode, size: bytes.length, read: async () => bytes };
}

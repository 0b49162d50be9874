import { useCallback, useState } from "react";
import type { ArtifactRead } from "../../../../src/http/schemas/artifact.ts";
import { slotsOf } from "../../api/api-error.ts";
import { readArtifactFile } from "../../api/artifact.ts";
import type { ArtifactAddress } from "../../api/artifact-address.ts";
import { useLoaded } from "../../api/loaded.ts";
import { useWords } from "../../words/use-words.tsx";

interface FileListProps {
  readonly address: ArtifactAddress;
  readonly files: ArtifactRead["files"];
}

/** Every file of the artifact; each opens where it stands, to be read. */
export function FileList({ address, files }: FileListProps) {
  const { editor } = useWords();
  return (
    <ul className="rail-list">
      {files.map(({ path, size, blob }) => (
        <li key={path}>
          <FileEntry address={address} path={path} version={blob} bytes={editor.bytes({ bytes: size })} />
        </li>
      ))}
    </ul>
  );
}

interface FileEntryProps {
  readonly address: ArtifactAddress;
  readonly path: string;
  /** Another one is read again. */
  readonly version: string;
  readonly bytes: string;
}

function FileEntry({ address, path, version, bytes }: FileEntryProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="rail-line">
        <code>{path}</code>
        <span className="rail-time">{bytes}</span>
      </summary>
      {isOpen ? <FileText key={version} address={address} path={path} /> : null}
    </details>
  );
}

function FileText({ address, path }: Pick<FileEntryProps, "address" | "path">) {
  const words = useWords();
  const load = useCallback((signal: AbortSignal) => readArtifactFile(address, path, signal), [address, path]);
  const { value, error } = useLoaded(load);
  if (error !== undefined) return <p className="rail-soft">{slotsOf(error, words.shell).what}</p>;
  if (value === undefined) return <p className="rail-soft">{words.shell.loading}</p>;
  if (value.includes("\0")) return <p className="rail-soft">{words.editor.binaryFile}</p>;
  return <pre className="rail-file">{value}</pre>;
}

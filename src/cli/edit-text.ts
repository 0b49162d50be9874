import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { StetError } from "../domain/errors.ts";
import type { Call } from "./command-spec.ts";
import { runProgram } from "./run-program.ts";

export interface EditedText {
  readonly text: string;
  /** Removes the copy. */
  readonly discard: () => Promise<void>;
  /** Runs the save; where it fails, the error says where the edited copy lies. */
  readonly keepOnFailure: <Result>(save: () => Promise<Result>) => Promise<Result>;
}

/**
 * Lets a person edit a copy of the text in $VISUAL or $EDITOR. The copy has the file's own name, so that the
 * editor knows its language, and lies in a folder that only this user can read.
 */
export async function editText(call: Call, path: string, text: string): Promise<EditedText> {
  const { variables } = call.environment;
  const editor = [variables.VISUAL, variables.EDITOR].find((one) => one !== undefined && one !== "");
  if (editor === undefined) throw noEditor(path);
  const folder = await mkdtemp(join(tmpdir(), "stet-edit-"));
  const copy = join(folder, basename(path));
  await writeFile(copy, text, { mode: 0o600 });
  call.terminal.yield();
  const failure = await runProgram(editor, { words: [copy] });
  if (call.environment.interrupt?.aborted) throw interrupted(path, copy);
  if (failure !== null) throw editorFailed(editor, copy, failure);
  return {
    text: await readFile(copy, "utf8"),
    discard: () => rm(folder, { recursive: true, force: true }),
    keepOnFailure: async (save) => {
      try {
        return await save();
      } catch (error) {
        throw error instanceof StetError ? withCopy(error, copy) : error;
      }
    },
  };
}

function withCopy(error: StetError, copy: string): StetError {
  const kept = `${error.kept} Your text lies in ${copy}.`.trim();
  const { code, what, where, why, fixes } = error;
  return new StetError({ code, what, where, why, kept, fixes }, { cause: error });
}

function noEditor(path: string): StetError {
  return new StetError({
    code: "E-USAGE",
    what: "There is no editor to open.",
    where: path,
    why: "Neither $VISUAL nor $EDITOR is set.",
    kept: "Nothing was changed.",
    fixes: [{ cmd: "export EDITOR=nano", summary: "choose an editor for this shell" }],
  });
}

function interrupted(path: string, copy: string): StetError {
  return new StetError({
    code: "E-INTERRUPTED",
    what: "The edit was interrupted, so nothing was saved.",
    where: path,
    why: "The command was told to stop while the editor was open.",
    kept: `The artifact is as it was; the editor's copy is at ${copy}.`,
    fixes: [],
  });
}

function editorFailed(editor: string, copy: string, why: string): StetError {
  return new StetError({
    code: "E-IO",
    what: `The editor "${editor}" did not end well, so nothing was saved.`,
    where: copy,
    why,
    kept: `The artifact is as it was; the editor's copy is at ${copy}.`,
    fixes: [],
  });
}

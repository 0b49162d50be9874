import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { getSetting } from "../app/config.ts";
import { conflictTexts } from "../app/resolve.ts";
import { StetError } from "../domain/errors.ts";
import type { Call } from "./command-spec.ts";
import { runProgram } from "./run-program.ts";

/** How the common tools are called; any other setting is a command line that names $BASE, $YOURS, $THEIRS, $MERGED. */
const tools: Readonly<Record<string, string>> = {
  code: 'code --wait --merge "$YOURS" "$THEIRS" "$BASE" "$MERGED"',
  kdiff3: 'kdiff3 "$BASE" "$YOURS" "$THEIRS" -o "$MERGED"',
  meld: 'meld --auto-merge "$YOURS" "$BASE" "$THEIRS" --output "$MERGED"',
  nvimdiff: 'nvim -d "$YOURS" "$MERGED" "$THEIRS"',
  opendiff: 'opendiff "$YOURS" "$THEIRS" -ancestor "$BASE" -merge "$MERGED"',
  vimdiff: 'vim -d "$YOURS" "$MERGED" "$THEIRS"',
};

/**
 * Opens a conflict in the person's merge tool and settles it with what the tool leaves. The texts lie in a folder
 * that only this user can read; it goes once the store has the result.
 */
export async function mergeWithTool<Result>(
  call: Call,
  id: string,
  settle: (bytes: Uint8Array) => Promise<Result>,
): Promise<Result> {
  const setting = (await getSetting(call.environment, { key: "merge.tool" })).data.value;
  if (setting === null) throw noTool(id);
  const { data: texts } = await conflictTexts(call.environment, { ...call.options, id });
  const folder = await mkdtemp(join(tmpdir(), "stet-merge-"));
  const variables: Record<string, string> = {};
  for (const side of ["base", "yours", "theirs", "merged"] as const) {
    const file = join(folder, `${side}-${basename(texts.path)}`);
    await writeFile(file, texts[side], { mode: 0o600 });
    variables[side.toUpperCase()] = file;
  }
  const merged = variables.MERGED ?? "";
  call.terminal.yield();
  const failure = await runProgram(tools[setting] ?? setting, { variables });
  if (failure !== null) throw toolFailed(setting, merged, failure);
  try {
    const result = await settle(await readFile(merged));
    await rm(folder, { recursive: true, force: true });
    return result;
  } catch (error) {
    if (!(error instanceof StetError)) throw error;
    const kept = `${error.kept} Your text lies in ${merged}.`.trim();
    throw new StetError({ ...error, kept }, { cause: error });
  }
}

function noTool(id: string): StetError {
  return new StetError({
    code: "E-USAGE",
    what: "There is no merge tool to open.",
    where: id,
    why: "The setting merge.tool is not set.",
    kept: "Nothing was changed.",
    fixes: [
      {
        cmd: "stet config set merge.tool meld",
        summary: `set one: ${Object.keys(tools).join(", ")}, or a command`,
      },
      { cmd: `stet resolve ${id} --from-file <file>`, summary: "settle it with a text of your own" },
    ],
  });
}

function toolFailed(tool: string, merged: string, why: string): StetError {
  return new StetError({
    code: "E-IO",
    what: `The merge tool "${tool}" did not end well, so nothing was settled.`,
    where: merged,
    why,
    kept: "The conflict is as it was, and so is the copy that the tool had.",
    fixes: [],
  });
}

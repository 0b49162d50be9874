import { findSecrets, type SecretFinding } from "../artifacts/secrets.ts";
import { StetError } from "../domain/errors.ts";
import type { CallOptions, Environment } from "./environment.ts";
import { type Answer, answer, type ChangeOutcome, nothingChanged } from "./outcomes.ts";
import { collectionFile, editCollectionFile } from "./workbench/edit-collection-file.ts";
import type { Workbench } from "./workbench/workbench.ts";
import { writing } from "./workbench/writing.ts";

export interface AllowInput extends CallOptions {
  /** A finding's fingerprint, or at least 8 digits of that of one in the collection. */
  readonly fingerprint: string;
  /** Why it may pass; kept in the collection's file, for those who read it later. */
  readonly reason: string;
}

/**
 * Lets one finding of the secret scan pass, by its fingerprint, with a reason and who said so. Throws E-USAGE
 * without a reason, E-NOT-FOUND and E-AMBIGUOUS for a shortened fingerprint.
 */
export async function allow(environment: Environment, input: AllowInput): Promise<Answer<ChangeOutcome>> {
  const reason = input.reason.trim();
  if (reason === "") throw withoutReason(input.fingerprint);
  return await writing(environment, input, async (bench) => {
    const fingerprint = await wholeFingerprint(bench, input.fingerprint.toLowerCase());
    if ((await collectionFile(bench)).allow.some((one) => one.fingerprint === fingerprint)) {
      bench.notice("W-NOTHING", "That finding may pass already.");
      return answer(nothingChanged, { notices: bench.notices });
    }
    const value = { fingerprint, reason, by: bench.actor.name };
    const outcome = await editCollectionFile(
      bench,
      [{ path: ["allow", (await collectionFile(bench)).allow.length], value }],
      { reason, details: { allowed: fingerprint } },
    );
    return answer(outcome, { notices: bench.notices, next: ["stet sync", "stet undo"] });
  });
}

async function wholeFingerprint(bench: Workbench, text: string): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  if (!/^[0-9a-f]{8,63}$/.test(text))
    throw notOne(text, "A fingerprint is 64 hex digits, or 8 and more of them.");
  const found = new Set<string>();
  for await (const { fingerprint } of findingsOf(bench))
    if (fingerprint.startsWith(text)) found.add(fingerprint);
  const [first, second] = found;
  if (first === undefined) throw notOne(text, "Nothing in the collection has a finding that begins so.");
  if (second === undefined) return first;
  throw new StetError({
    code: "E-AMBIGUOUS",
    what: "That fingerprint fits more than one finding.",
    where: text,
    why: "It may be shortened only while it is unique.",
    kept: "Nothing was changed.",
    fixes: [...found]
      .slice(0, 3)
      .map((one) => ({ cmd: `stet allow ${one} --reason "..."`, summary: "this one" })),
  });
}

/** Every finding in the files that stand now, whether it may pass or not. */
async function* findingsOf(bench: Workbench): AsyncGenerator<SecretFinding> {
  for (const [path, { blob }] of (await bench.present()).entries) {
    const bytes = await bench.readBlob(blob);
    if (bytes !== undefined) yield* await findSecrets(path, bytes);
  }
}

function notOne(where: string, why: string): StetError {
  return new StetError({
    code: "E-NOT-FOUND",
    what: "There is no such finding.",
    where,
    why,
    kept: "Nothing was changed.",
    fixes: [{ cmd: "stet doctor", summary: "list the findings with their fingerprints" }],
  });
}

function withoutReason(fingerprint: string): StetError {
  return new StetError({
    code: "E-USAGE",
    what: "A finding passes only with a reason.",
    where: fingerprint,
    why: "Whoever reads the collection later has to know why it is no secret.",
    kept: "Nothing was changed.",
    fixes: [
      { cmd: `stet allow ${fingerprint} --reason "an example from the documentation"`, summary: "say why" },
    ],
  });
}

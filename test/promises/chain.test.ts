import { expect, test } from "vitest";
import { claimedActor } from "../../src/domain/actors.ts";
import { type ChainHash, hashIdFromBytes, randomId } from "../../src/domain/ids.ts";
import type { OperationDraft } from "../../src/domain/operations.ts";
import { blobId } from "../../src/snapshot/hash.ts";
import { hashDraft, hashOperationWords, linkOf } from "../../src/store/operation-chain.ts";

const zeros = (count: number) => new Uint8Array(count);
const ones = (count: number) => new Uint8Array(count).fill(1);
const collection = randomId("collection", zeros(20));
const path = "agents/reviewer.md";
const entry = { blob: blobId(ones(3)), mode: 0o100644, size: 3 };
const change = { collection, path, target: null, artifact: "agent/reviewer", before: null, after: entry };
const draft: OperationDraft = {
  id: randomId("operation", zeros(20)),
  collections: [collection],
  actor: claimedActor("ana", "person"),
  kind: "save",
  reason: null,
  message: null,
  refs: [],
  changes: [change],
  undoes: null,
  group: null,
  details: {},
};
const recorded: Parameters<typeof linkOf>[1] = { at: 1, atUncertain: false, parents: [null] };

function link(draft: OperationDraft, more = recorded, salt = zeros(16)): ChainHash {
  return linkOf(hashDraft(draft, hashOperationWords(draft, salt)), more);
}

test("a link covers everything that is said of an operation, and the link before it (P6; BUGS P3, S11)", () => {
  const first = link(draft);
  const others: readonly Partial<OperationDraft>[] = [
    { id: randomId("operation", ones(20)) },
    { collections: [] },
    { actor: claimedActor("ben", "person") },
    { actor: claimedActor("ana", "agent") },
    { actor: { ...draft.actor, session: "s-1" } },
    { actor: { ...draft.actor, modelId: "m" } },
    { actor: { ...draft.actor, standing: "verified" } },
    { kind: "capture" },
    { reason: "why" },
    { message: "why" },
    { refs: [{ name: `${collection}/heads/main`, before: null, after: null }] },
    { changes: [] },
    { changes: [{ ...change, path: "agents/other.md" }] },
    { changes: [{ ...change, target: "claude:project" }] },
    { changes: [{ ...change, after: { ...entry, mode: 0o100755 } }] },
    { changes: [{ ...change, before: entry }] },
    { undoes: draft.id },
    { group: "g" },
    { details: { to: "last" } },
  ];
  const links = others.map((other) => link({ ...draft, ...other }));
  links.push(link(draft, { ...recorded, at: 2 }), link(draft, { ...recorded, atUncertain: true }));
  links.push(link(draft, { ...recorded, parents: [first] }));
  links.push(link(draft, { ...recorded, parents: [hashIdFromBytes<ChainHash>(ones(32))] }));
  expect(new Set([first, ...links]).size).toBe(links.length + 1);
});

test("free text enters a link under the salt of its operation: nobody can guess it from the link (P6)", () => {
  const said = { ...draft, message: "yes" };
  expect(link(said, recorded, ones(16))).not.toBe(link(said, recorded, zeros(16)));
  expect(link(draft, recorded, ones(16))).toBe(link(draft, recorded, zeros(16)));
});

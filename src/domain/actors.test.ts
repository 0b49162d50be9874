import { expect, test } from "vitest";
import { actorKinds, claimedActor, sameActor, unknownActor } from "./actors.ts";

const agent = { ...claimedActor("claude-code", "agent"), agentId: "reviewer", session: "s1" };

test("two actors are the same for undo when name, kind, agent and session agree", () => {
  expect(sameActor(agent, { ...agent, modelId: "another", runtime: "codex", standing: "verified" })).toBe(
    true,
  );
  for (const other of [
    { ...agent, name: "codex" },
    { ...agent, kind: "person" as const },
    { ...agent, agentId: null },
    { ...agent, session: "s2" },
  ]) {
    expect(sameActor(agent, other)).toBe(false);
  }
});

test("an edit that nobody claimed is unknown, and knows nothing else (promise P7)", () => {
  expect(unknownActor).toEqual(claimedActor("unknown", "unknown"));
  expect(Object.values(unknownActor).filter((value) => value === null)).toHaveLength(4);
  expect(actorKinds).toContain(unknownActor.kind);
});

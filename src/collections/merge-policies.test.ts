import { expect, test } from "vitest";
import { type MergePolicyRule, policyOf } from "./merge-policies.ts";

const rules: readonly MergePolicyRule[] = [
  { policy: "theirs" },
  { kind: "skill", policy: "yours" },
  { key: "tools", policy: "union" },
  { key: "hooks.PreToolUse", policy: "ask" },
  { key: "hooks", policy: "last-write" },
  { kind: "agent", key: "tools", policy: "yours" },
];

test.each([
  ["a rule without a kind and key holds everywhere", "rule", null, "theirs"],
  ["one of the kind goes before it", "skill", null, "yours"],
  ["one of the key before that of the kind", "skill", ["tools"], "union"],
  ["one of both before either", "agent", ["tools"], "yours"],
  ["a key holds for all below it", "mcp", ["hooks", "Stop", "0"], "last-write"],
  ["the longer key decides, wherever it stands", "mcp", ["hooks", "PreToolUse"], "ask"],
  ["a key that only begins alike is another", "rule", ["toolset"], "theirs"],
  ["what belongs to no artifact has no kind", null, ["name"], "theirs"],
] as const)("%s", (_what, kind, keyPath, policy) => {
  expect(policyOf(rules, { kind, keyPath }, "ask")).toBe(policy);
});

test("without rules what the caller says holds", () => {
  expect(policyOf([], { kind: "skill", keyPath: null }, "union")).toBe("union");
});

test("of two rules that say as much the last one decides", () => {
  const both: readonly MergePolicyRule[] = [{ policy: "yours" }, { policy: "ask" }];
  expect(policyOf(both, { kind: "skill", keyPath: null }, "theirs")).toBe("ask");
});

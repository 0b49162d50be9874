import { expect, test } from "vitest";
import { importedLampShop } from "./lamp-shop.ts";
import { dataOf } from "./story.ts";

const looksSecret = `ghp_${"a1B2c3D4e5F6g7H8i9J0".repeat(2).slice(0, 36)}`;

test("a finding blocks the push until it is allowed with a reason, and is never printed", async () => {
  await using story = await importedLampShop();
  await story.write(".agents/rules/token.md", `Use ${looksSecret} in examples.\n`);
  const { rows } = dataOf(await story.stet("status", "--json"));
  expect(rows).toContainEqual(expect.objectContaining({ name: "token", state: "blocked" }));
  const told = await story.stet("status", "--json");
  expect(told.stdout + told.stderr).not.toContain(looksSecret);
  const [, fingerprint = ""] = /stet allow ([0-9a-z:]+)/.exec(told.stdout) ?? [];
  expect(fingerprint).not.toBe("");
  expect((await story.stet("allow", fingerprint)).exit).toBe(2);
  expect((await story.stet("allow", fingerprint, "--reason", "a made-up one")).exit).toBe(0);
  await story.build("sync");
  expect(await story.read(".claude/rules/token.md")).toContain(looksSecret);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository } from "./source-file.ts";

// npm scripts run on the node of node_modules. Should that ever fail to be there, they would run on the
// machine's own, and every other test would prove something about the wrong program.
test("the tests run on the Node that stet needs", () => {
  const manifest: { engines: { node: string } } = JSON.parse(
    readFileSync(join(repository, "package.json"), "utf8"),
  );
  expect(manifest.engines.node).toBe(">=24");
  expect(Number(process.versions.node.split(".")[0])).toBeGreaterThanOrEqual(24);
});

test("linting forbids any and non-null assertions", () => {
  const biome: { linter: { rules: { style: object; suspicious: object } } } = JSON.parse(
    readFileSync(join(repository, "biome.json"), "utf8"),
  );
  expect(biome.linter.rules.style).toMatchObject({ noNonNullAssertion: "error" });
  expect(biome.linter.rules.suspicious).toMatchObject({ noExplicitAny: "error" });
});

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { commandTable } from "../../src/cli/command-table.ts";
import { commandReference } from "../../src/cli/reference.ts";
import { runtimeReference } from "../../src/runtimes/table/runtime-reference.ts";

// To write the page anew: npx vitest run test/stories/reference.test.ts -u
test("docs/cli.md says what the program's own table says", async () => {
  await expect(await commandReference()).toMatchFileSnapshot("../../docs/cli.md");
});

test("docs/runtimes.md says what the table of runtimes says", async () => {
  await expect(runtimeReference()).toMatchFileSnapshot("../../docs/runtimes.md");
});

test("every command's file is in the table, and the other way round", () => {
  const files = readdirSync(new URL("../../src/cli/commands", import.meta.url)).map((name) =>
    name.replace(/\.ts$/, ""),
  );
  expect(commandTable.map((entry) => entry.name).sort()).toEqual(files.sort());
});

test("every command has an example that begins with stet or loads what stet prints", async () => {
  for (const entry of commandTable) {
    const { spec } = await entry.load();
    expect(spec.examples.length, entry.name).toBeGreaterThan(0);
    for (const { cmd } of spec.examples) expect(cmd).toMatch(new RegExp(`stet ${entry.name}\\b`));
  }
});

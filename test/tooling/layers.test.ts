import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { checkLayers } from "../../scripts/layers/check.ts";

// A tree in order: each test plants one fault into it.
const inOrder = {
  "src/domain/ids.ts": "export const id = 1;\n",
  "src/domain/ids.test.ts":
    'import { strictEqual } from "node:assert";\nimport { id } from "./ids.ts";\nstrictEqual(id, 1);\n',
  "src/merge/merge.ts":
    'import { createHash } from "node:crypto";\nimport { id } from "../domain/ids.ts";\nexport const merge = [id, createHash];\n',
  "src/store/store.ts":
    'import type { merge } from "../merge/merge.ts";\nexport type Store = typeof merge;\n',
  "src/app/save.ts": 'import type { Store } from "../store/store.ts";\nexport type Save = Store;\n',
  "src/cli/main.ts":
    'import type { Save } from "../app/save.ts";\nexport const main = async (): Promise<Save[]> => [];\n',
  "src/http/server.ts": 'import type { Save } from "../app/save.ts";\nexport const server: Save[] = [];\n',
  "src/http/schemas/one.ts": "export type One = 1;\nexport const one = 1;\n",
  "web/src/page.tsx":
    'import type { One } from "../../src/http/schemas/one.ts";\nimport { merge } from "../../src/merge/merge.ts";\nexport const page: [One, unknown] = [1, merge];\n',
  "src/index.ts": 'export type { Save } from "./app/save.ts";\n',
  "test/cases.ts": "export const cases = [];\n",
  "package.json": '{ "type": "module" }\n',
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stet-layers-"));
  for (const [path, text] of Object.entries(inOrder)) plant(path, text);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the order of the rooms", () => {
  test("holds for a tree in order", async () => {
    expect(await checkLayers(root)).toEqual({ problems: [], modulesRead: 10 });
  });

  const faults: readonly [rule: string, path: string, text: string][] = [
    [
      "merge-imports-no-later-room",
      "src/merge/late.ts",
      'import { Store } from "../store/store.ts";\nexport { Store };\n',
    ],
    [
      "merge-imports-no-later-room",
      "src/merge/late.ts",
      'export type S = import("../store/store.ts").Store;\n',
    ],
    [
      "merge-imports-no-later-room",
      "src/merge/late.ts",
      'export const s = () => import("../store/store.ts");\n',
    ],
    [
      "store-imports-no-later-room",
      "src/store/late.ts",
      'import type { Save } from "../app/save.ts";\nexport type A = Save;\n',
    ],
    [
      "domain-imports-nothing",
      "src/domain/late.ts",
      'import { readFileSync } from "node:fs";\nexport { readFileSync };\n',
    ],
    ["domain-imports-nothing", "src/domain/late.ts", 'import * as z from "zod";\nexport { z };\n'],
    [
      "merge-has-no-effects",
      "src/merge/late.ts",
      'import { readFile } from "node:fs/promises";\nexport { readFile };\n',
    ],
    [
      "cli-reaches-the-rest-through-app",
      "src/cli/late.ts",
      'import { server } from "../http/server.ts";\nexport { server };\n',
    ],
    [
      "cli-reaches-the-rest-through-app",
      "src/cli/late.ts",
      'import type { Store } from "../store/store.ts";\nexport type S = Store;\n',
    ],
    [
      "testing-without-faces",
      "src/testing/late.ts",
      'import { main } from "../cli/main.ts";\nexport { main };\n',
    ],
    [
      "only-tests-import-from-test",
      "src/app/late.ts",
      'import { cases } from "../../test/cases.ts";\nexport { cases };\n',
    ],
    ["nothing-imports-a-test", "src/app/late.ts", 'import "../domain/ids.test.ts";\n'],
    [
      "no-room-imports-an-entry",
      "src/cli/late.ts",
      'import type { Save } from "../index.ts";\nexport type S = Save;\n',
    ],
    [
      "page-imports-pure-rooms",
      "web/src/late.ts",
      'import type { Save } from "../../src/app/save.ts";\nexport type S = Save;\n',
    ],
    [
      "page-imports-types-of-schemas",
      "web/src/late.ts",
      'import { one } from "../../src/http/schemas/one.ts";\nexport { one };\n',
    ],
    ["page-has-no-node", "web/src/late.tsx", 'import { join } from "node:path";\nexport { join };\n'],
    [
      "nothing-imports-the-page",
      "src/http/late.ts",
      'import { page } from "../../web/src/page.tsx";\nexport { page };\n',
    ],
    ["unknown-room", "src/helpers/late.ts", "export const late = 1;\n"],
    ["resolvable", "src/app/late.ts", 'import { gone } from "./gone.ts";\nexport { gone };\n'],
  ];
  test.each(faults)("%s: %s", async (rule, path, text) => {
    plant(path, text);
    const { problems } = await checkLayers(root);
    expect(problems.filter((problem) => problem.startsWith(`${rule}: ${path}`))).not.toEqual([]);
  });

  test("no-cycles", async () => {
    plant("src/store/one.ts", 'import { two } from "./two.ts";\nexport const one = () => two;\n');
    plant("src/store/two.ts", 'import { one } from "./one.ts";\nexport const two = () => one;\n');
    const { problems } = await checkLayers(root);
    expect(problems.some((problem) => problem.startsWith("no-cycles: "))).toBe(true);
  });

  test("fails over no files at all", async () => {
    for (const folder of ["src", "web"]) rmSync(join(root, folder), { recursive: true });
    mkdirSync(join(root, "src"));
    const { problems, modulesRead } = await checkLayers(root);
    expect(modulesRead).toBe(0);
    expect(problems).not.toEqual([]);
  });
});

function plant(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

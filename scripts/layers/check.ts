import { existsSync, readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { join } from "node:path";
import { cruise, type ICruiseResult, type IModule } from "dependency-cruiser";
import { faces, rooms, testingRoom } from "./rooms.ts";
import { ruleSet } from "./rules.ts";

export interface LayerReport {
  /** One line for each import that breaks the order, and for each sign that files were not really read. */
  readonly problems: readonly string[];
  readonly modulesRead: number;
}

/** Checks the imports of every .ts and .tsx file under `root`/src and `root`/web/src. */
export async function checkLayers(root: string): Promise<LayerReport> {
  const written = await Array.fromAsync(glob(["src/**/*.ts", "web/src/**/*.{ts,tsx}"], { cwd: root }));
  const onDisk = written.map(withSlashes).sort();
  if (onDisk.length === 0) return { problems: ["there is no .ts file under src/"], modulesRead: 0 };
  const result = await readModules(root);
  const modules = result.modules.filter((module) => isOurs(module.source));
  const problems = [
    ...result.summary.violations.map(
      (violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`,
    ),
    ...onDisk.filter((path) => !isInARoom(path)).map((path) => `unknown-room: ${path}`),
    ...findUnread(root, onDisk, modules),
  ];
  return { problems, modulesRead: modules.length };
}

async function readModules(root: string): Promise<ICruiseResult> {
  const answer = await cruise(
    ["src", "web/src"].filter((folder) => existsSync(join(root, folder))),
    {
      baseDir: root,
      ruleSet,
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
    },
    {
      extensions: [".ts", ".tsx", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["node", "import", "types", "default"],
      bustTheCache: true,
    },
  );
  if (typeof answer.output === "string") throw new Error(answer.output);
  return answer.output;
}

// With a compiler that it cannot use, dependency-cruiser reports success over no modules, or over modules
// without imports. So what it read is compared with the disk: every file is there, and every file with a
// relative import has at least one resolved one.
function findUnread(root: string, onDisk: readonly string[], modules: readonly IModule[]): string[] {
  const bySource = new Map(modules.map((module) => [module.source, module]));
  return onDisk.flatMap((path) => {
    const module = bySource.get(path);
    if (module === undefined) return [`not-read: ${path}`];
    const importsOwnFile = /^(import|export)\b[^;]*?from "\.\.?\//m.test(
      readFileSync(join(root, path), "utf8"),
    );
    const found = module.dependencies.some((dependency) => isOurs(dependency.resolved));
    return importsOwnFile && !found ? [`imports-not-read: ${path}`] : [];
  });
}

function isOurs(path: string): boolean {
  return /^(web\/)?src\//.test(path);
}

function isInARoom(path: string): boolean {
  const segments = path.split("/");
  if (segments[0] === "web") return true;
  if (segments.length === 2) return true;
  return [...rooms, ...faces, testingRoom].some((room) => room === segments[1]);
}

function withSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

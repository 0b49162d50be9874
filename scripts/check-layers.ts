// `npm run layers`: the order of the rooms in src/, enforced.

import { fileURLToPath } from "node:url";
import { checkLayers } from "./layers/check.ts";

const { problems, modulesRead } = await checkLayers(fileURLToPath(new URL("..", import.meta.url)));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`layers: ${modulesRead} modules read, ${problems.length} problems\n`);
if (problems.length > 0) process.exitCode = 1;

import { drift } from "./ko/drift.ts";
import { kinds } from "./ko/kinds.ts";
import { list } from "./ko/list.ts";
import { shell } from "./ko/shell.ts";
import type { Words } from "./words.ts";

export const ko: Words = { drift, kinds, list, shell };

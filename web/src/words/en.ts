import { drift } from "./en/drift.ts";
import { kinds } from "./en/kinds.ts";
import { list } from "./en/list.ts";
import { shell } from "./en/shell.ts";

export const en = { drift, kinds, list, shell };

import { drift } from "./en/drift.ts";
import { editor } from "./en/editor.ts";
import { find } from "./en/find.ts";
import { findings } from "./en/findings.ts";
import { kinds } from "./en/kinds.ts";
import { list } from "./en/list.ts";
import { settling } from "./en/settling.ts";
import { shell } from "./en/shell.ts";

export const en = { drift, editor, find, findings, kinds, list, settling, shell };

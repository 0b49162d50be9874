import { drift } from "./ko/drift.ts";
import { editor } from "./ko/editor.ts";
import { find } from "./ko/find.ts";
import { findings } from "./ko/findings.ts";
import { kinds } from "./ko/kinds.ts";
import { list } from "./ko/list.ts";
import { settling } from "./ko/settling.ts";
import { shell } from "./ko/shell.ts";
import type { Words } from "./words.ts";

export const ko: Words = { drift, editor, find, findings, kinds, list, settling, shell };

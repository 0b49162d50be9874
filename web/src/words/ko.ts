import { commands } from "./ko/commands.ts";
import { conflicts } from "./ko/conflicts.ts";
import { drift } from "./ko/drift.ts";
import { editor } from "./ko/editor.ts";
import { find } from "./ko/find.ts";
import { findings } from "./ko/findings.ts";
import { bumps, history, operationKinds } from "./ko/history.ts";
import { kinds } from "./ko/kinds.ts";
import { list } from "./ko/list.ts";
import { plan, planActions } from "./ko/plan.ts";
import { settling } from "./ko/settling.ts";
import { shell } from "./ko/shell.ts";
import { sides, targets } from "./ko/targets.ts";
import type { Words } from "./words.ts";

export const ko: Words = {
  bumps,
  commands,
  conflicts,
  drift,
  editor,
  find,
  findings,
  history,
  kinds,
  list,
  operationKinds,
  plan,
  planActions,
  settling,
  shell,
  sides,
  targets,
};

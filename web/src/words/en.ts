import { commands } from "./en/commands.ts";
import { conflicts } from "./en/conflicts.ts";
import { drift } from "./en/drift.ts";
import { editor } from "./en/editor.ts";
import { find } from "./en/find.ts";
import { findings } from "./en/findings.ts";
import { bumps, history, operationKinds } from "./en/history.ts";
import { kinds } from "./en/kinds.ts";
import { list } from "./en/list.ts";
import { plan, planActions } from "./en/plan.ts";
import { settling } from "./en/settling.ts";
import { shell } from "./en/shell.ts";
import { sides, targets } from "./en/targets.ts";

export const en = {
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

/**
 * Keys that let an agent do more: run a command, reach a server, or act without asking. What is merged there is
 * marked, so that nobody's permission grows unseen.
 */

import { isList, isRecord } from "../../formats/format-value.ts";
import { toolList, toolsLost } from "../../formats/tool-list.ts";

const powerfulKeys = new Set([
  ...["hooks", "permissions", "permission", "permissionMode", "permission-mode", "permissionmode"],
  ...["mcpServers", "mcp_servers", "mcp-servers", "context_servers", "amp.mcpServers", "servers", "mcp"],
  ...["command", "cmd", "args", "env", "envs", "environment", "env_vars", "shell", "run", "headersHelper"],
  ...["apiKeyHelper", "statusLine", "sandbox", "sandbox_mode", "sandbox_workspace_write", "trust"],
  ...["approval_policy", "approvalPolicy", "approvals", "tool_permissions", "additionalDirectories"],
  ...["enableAllProjectMcpServers", "enabledMcpjsonServers", "notify", "extensions", "profiles"],
]);

const grantingKeys = new Set(["allowed-tools", "allowedTools", "allowed_tools", "tools", "enabled_tools"]);
const denyingKeys = new Set(["disallowedTools", "disallowed-tools", "disabled_tools", "excludeTools"]);

/** Whether a change from `before` to `after` at the path grants power; undefined where there is nothing. */
export function grantsPower(path: readonly string[], before: unknown, after: unknown): boolean {
  if (path.some((key) => powerfulKeys.has(key))) return true;
  const key = path.findLast((one) => grantingKeys.has(one) || denyingKeys.has(one));
  if (key !== undefined) return path.at(-1) === key ? isWidened(key, before, after) : true;
  return holdsPower(before) || holdsPower(after);
}

/** Keys under which something is held back as well as allowed: what is removed there may set free. */
const limitingKeys =
  /^(?:permissions?|permission-?mode|sandbox\w*|approval_?policy|approvals|tool_permissions)$/i;
/** Lists that stand in for all tools where they are absent. The other granting keys then grant nothing. */
const inheritingKeys = new Set(["tools", "enabled_tools"]);

/** Whether a change lets an agent do more than before. Unlike `grantsPower` it lets pass what only takes power away. */
export function widensPower(path: readonly string[], before: unknown, after: unknown): boolean {
  if (!grantsPower(path, before, after)) return false;
  const key = path.at(-1) ?? "";
  if (before === undefined && inheritingKeys.has(key)) return false;
  if (after !== undefined || inheritingKeys.has(key) || denyingKeys.has(key)) return true;
  return path.some((one) => limitingKeys.test(one));
}

/** Absent, a list of granted tools means all of them: dropping it widens. */
function isWidened(key: string, before: unknown, after: unknown): boolean {
  const had = toolList(before) ?? [];
  const has = toolList(after);
  if (denyingKeys.has(key)) return toolsLost(had, has ?? []).length > 0;
  return has === null || toolsLost(has, had).length > 0;
}

function holdsPower(value: unknown): boolean {
  if (isList(value)) return value.some(holdsPower);
  if (!isRecord(value)) return false;
  return Object.entries(value).some(
    ([key, child]) =>
      powerfulKeys.has(key) || grantingKeys.has(key) || denyingKeys.has(key) || holdsPower(child),
  );
}

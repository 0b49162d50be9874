/**
 * Where each runtime has its MCP servers, and how it writes them.
 *
 * Sources: RUNTIMES.md 2.5, which names the documentation, program or adapter that each line is from. Which
 * references a runtime replaces: Claude Code's and Gemini CLI's documentation of settings, Copilot CLI's
 * changelog, OpenCode's documentation of its configuration, Devin's of MCP. Where nobody says that a runtime
 * replaces references, stet takes it that it does not.
 */
import { serverDialect } from "./server-dialect.ts";
import { type ServerFile, serverKind } from "./server-places.ts";
import { shellSyntax } from "./variables.ts";

const perServer = ["mcpServers"];
const second = 1000;

const claudeDialect = serverDialect({
  title: "Claude Code",
  // A `url` without a `type` is an error there; a command needs none.
  type: { key: "type", names: { stdio: null, http: "http", sse: "sse", ws: "ws" } },
  url: { http: "url", sse: "url", ws: "url" },
  cwd: "cwd",
  timeout: { key: "timeout", milliseconds: 1 },
  variables: shellSyntax,
  alike: ["headersHelper", "oauth", "alwaysLoad"],
});

export const claudeServers = serverKind([
  { scope: "project", path: ".mcp.json", container: perServer, dialect: claudeDialect, evidence: "vendor" },
  {
    scope: "user",
    path: ".claude.json",
    container: perServer,
    dialect: claudeDialect,
    evidence: "vendor",
    note: "Claude Code keeps its own state in this file, and writes it often",
  },
]);

const codexDialect = serverDialect({
  title: "Codex",
  cwd: "cwd",
  url: { http: "url" },
  // On a server that is started, `http_headers` keep Codex from loading the file.
  headers: "http_headers",
  enabled: { key: "enabled", inverted: false, always: false },
  startupTimeout: { key: "startup_timeout_sec", milliseconds: second },
  timeout: { key: "tool_timeout_sec", milliseconds: second },
  includeTools: "enabled_tools",
  excludeTools: "disabled_tools",
  named: { env: "env_vars", bearer: "bearer_token_env_var", headers: "env_http_headers" },
  namePattern: /^[a-zA-Z0-9_-]+$/,
});

export const codexServers = serverKind([codexFile("project"), codexFile("user")]);

function codexFile(scope: ServerFile["scope"]): ServerFile {
  const note = "Codex reads it in projects that you trust";
  return {
    scope,
    path: ".codex/config.toml",
    container: ["mcp_servers"],
    dialect: codexDialect,
    evidence: "vendor",
    format: "toml",
    ...(scope === "project" ? { note } : {}),
  };
}

const geminiDialect = serverDialect({
  title: "Gemini CLI",
  cwd: "cwd",
  url: { http: "httpUrl", sse: "url" },
  timeout: { key: "timeout", milliseconds: 1 },
  includeTools: "includeTools",
  excludeTools: "excludeTools",
  variables: { open: "${", close: "}", defaultMark: null, bare: true },
});

export const geminiServers = serverKind([
  {
    scope: "project",
    path: ".gemini/settings.json",
    container: perServer,
    dialect: geminiDialect,
    evidence: "vendor",
  },
  {
    scope: "user",
    path: ".gemini/settings.json",
    container: perServer,
    dialect: geminiDialect,
    evidence: "vendor",
  },
]);

const cursorDialect = serverDialect({
  title: "Cursor",
  variables: { open: "${env:", close: "}", defaultMark: null },
});

export const cursorServers = serverKind([
  {
    scope: "project",
    path: ".cursor/mcp.json",
    container: perServer,
    dialect: cursorDialect,
    evidence: "adapter",
  },
  {
    scope: "user",
    path: ".cursor/mcp.json",
    container: perServer,
    dialect: cursorDialect,
    evidence: "adapter",
  },
]);

const vscodeDialect = serverDialect({
  title: "GitHub Copilot in VS Code",
  type: { key: "type", names: { stdio: null, http: "http", sse: "sse" } },
  cwd: "cwd",
  variables: { open: "${env:", close: "}", defaultMark: null },
});

const copilotDialect = serverDialect({
  title: "Copilot CLI",
  type: { key: "type", names: { stdio: "local", http: "http", sse: "sse" } },
  includeTools: "tools",
  allTools: ["*"],
  variables: { ...shellSyntax, bare: true },
});

export const copilotServers = serverKind([
  {
    scope: "project",
    path: ".vscode/mcp.json",
    container: ["servers"],
    dialect: vscodeDialect,
    evidence: "adapter",
  },
  {
    scope: "project",
    path: ".github/mcp.json",
    container: perServer,
    dialect: copilotDialect,
    evidence: "vendor",
  },
  {
    scope: "user",
    path: ".copilot/mcp-config.json",
    container: perServer,
    dialect: copilotDialect,
    evidence: "vendor",
  },
]);

const opencodeDialect = serverDialect({
  title: "OpenCode",
  type: { key: "type", names: { stdio: "local", http: "remote" } },
  command: { key: "command", argv: true },
  env: "environment",
  url: { http: "url" },
  enabled: { key: "enabled", inverted: false, always: true },
  variables: { open: "{env:", close: "}", defaultMark: null },
});

export const opencodeServers = serverKind([
  {
    scope: "project",
    path: "opencode.json",
    alternatives: ["opencode.jsonc", ".opencode/opencode.json", ".opencode/opencode.jsonc"],
    container: ["mcp"],
    dialect: opencodeDialect,
    evidence: "adapter",
  },
  {
    scope: "user",
    path: ".config/opencode/opencode.json",
    alternatives: [".config/opencode/opencode.jsonc"],
    container: ["mcp"],
    dialect: opencodeDialect,
    evidence: "adapter",
  },
]);

const antigravityDialect = serverDialect({
  title: "Antigravity",
  url: { http: "serverUrl" },
  excludeTools: "disabledTools",
});

export const antigravityServers = serverKind([
  {
    scope: "project",
    path: ".agents/mcp_config.json",
    container: perServer,
    dialect: antigravityDialect,
    evidence: "adapter",
  },
  {
    scope: "user",
    path: ".gemini/config/mcp_config.json",
    container: perServer,
    dialect: antigravityDialect,
    evidence: "adapter",
  },
]);

const devinDialect = serverDialect({
  title: "Devin",
  variables: { open: "${env:", close: "}", defaultMark: null },
});

export const devinServers = serverKind([
  {
    scope: "project",
    path: ".devin/mcp_config.json",
    container: perServer,
    dialect: devinDialect,
    evidence: "adapter",
  },
  {
    scope: "user",
    path: ".config/devin/mcp_config.json",
    container: perServer,
    dialect: devinDialect,
    evidence: "adapter",
  },
]);

const kimiDialect = serverDialect({
  title: "Kimi Code",
  type: { key: "transport", names: { stdio: null, http: null, sse: "sse" } },
  cwd: "cwd",
  enabled: { key: "enabled", inverted: false, always: false },
  startupTimeout: { key: "startupTimeoutMs", milliseconds: 1 },
  timeout: { key: "toolTimeoutMs", milliseconds: 1 },
  includeTools: "enabledTools",
  excludeTools: "disabledTools",
  named: { env: null, bearer: "bearerTokenEnvVar", headers: null },
});

export const kimiServers = serverKind([
  {
    scope: "project",
    path: ".kimi-code/mcp.json",
    container: perServer,
    dialect: kimiDialect,
    evidence: "vendor",
  },
  {
    scope: "user",
    path: ".kimi-code/mcp.json",
    container: perServer,
    dialect: kimiDialect,
    evidence: "vendor",
  },
]);

const ampDialect = serverDialect({ title: "Amp" });

export const ampServers = serverKind([
  {
    scope: "project",
    path: ".amp/settings.json",
    alternatives: [".amp/settings.jsonc"],
    container: ["amp.mcpServers"],
    dialect: ampDialect,
    evidence: "adapter",
  },
  {
    scope: "user",
    path: ".config/amp/settings.json",
    alternatives: [".config/amp/settings.jsonc"],
    container: ["amp.mcpServers"],
    dialect: ampDialect,
    evidence: "adapter",
  },
]);

const gooseDialect = serverDialect({
  title: "Goose",
  type: {
    key: "type",
    names: { stdio: "stdio", http: "streamable_http", sse: "sse" },
    others: ["builtin", "platform", "frontend", "inline_python"],
  },
  command: { key: "cmd", argv: false },
  env: "envs",
  url: { http: "uri", sse: "uri" },
  headers: null,
  enabled: { key: "enabled", inverted: false, always: true },
  timeout: { key: "timeout", milliseconds: second },
  constant: (name) => ({ name }),
});

export const gooseServers = serverKind([
  {
    scope: "user",
    path: ".config/goose/config.yaml",
    container: ["extensions"],
    dialect: gooseDialect,
    evidence: "adapter",
    format: "yaml",
  },
]);

const zedDialect = serverDialect({ title: "Zed", url: { http: "url" } });

export const zedServers = serverKind([
  {
    scope: "project",
    path: ".zed/settings.json",
    container: ["context_servers"],
    dialect: zedDialect,
    evidence: "adapter",
  },
  {
    scope: "user",
    path: ".config/zed/settings.json",
    container: ["context_servers"],
    dialect: zedDialect,
    evidence: "adapter",
  },
]);

import { fileURLToPath } from "node:url";
import { ServedProject } from "../http/served-project.ts";

const builtPage = fileURLToPath(new URL("../../dist/web", import.meta.url));

const skill = (name: string, description: string, usage: string) =>
  `---\nname: ${name}\ndescription: ${description}\nallowed-tools: Read, Bash\n---\n\n# ${name}\n\n## Usage\n\n${usage}\n\n## Care\n\nDust the glass once a week.\n\n## Notes\n\nAsk the harbour master first.\n`;

const files = {
  "AGENTS.md": "# Quay\n\nBe kind. Write short sentences.\n",
  ".agents/agents/pilot.md":
    "---\nname: pilot\ndescription: Brings ships in.\n---\n\nWatch the tide.\nSpeak slowly.\n",
  ".agents/commands/moor.md": "---\ndescription: Moors a boat.\n---\n\nTie the bow line first.\n",
  ".agents/skills/lamp-check/SKILL.md": skill(
    "lamp-check",
    "Looks after the lamps of the quay.",
    "Run lamps for every lamp on the quay.",
  ),
  ".agents/skills/tide-table/SKILL.md": skill(
    "tide-table",
    "Reads the tide.",
    "Ask for the table of the day.",
  ),
  ".agents/skills/fog-signal/SKILL.md": skill(
    "fog-signal",
    "Sounds the horn in fog.",
    "Sound it twice a minute.",
  ),
};

/** A served project in which much has happened: several writers, copies that moved, and a stored conflict. */
export async function busyQuay(): Promise<ServedProject> {
  const served = await ServedProject.begin(files, { page: builtPage });
  await served.post("/api/settings/sync", { targets: ["claude:project", "cursor:project", "codex:project"] });
  await served.post("/api/sync", {});
  await edit(
    served,
    "skills/lamp-check",
    "codex",
    "Dust the glass once a week",
    "Dust the glass every Monday",
  );
  await edit(served, "skills/lamp-check", "codex", "harbour master first", "harbour master before dusk");
  await edit(served, "skills/tide-table", "claude-code", "of the day", "of the day and of the next one");
  await edit(served, "agents/pilot", "ana", "Speak slowly.", "Speak slowly and repeat.");
  await edit(served, "skills/fog-signal", "claude-code", "Read, Bash", "Read");
  await edit(served, "skills/fog-signal", "claude-code", "# fog-signal", "# Fog signal");
  await leaveConflict(served);
  served.project.write(
    ".claude/commands/moor.md",
    "---\ndescription: Moors a boat.\n---\n\nTie the stern first.\n",
  );
  return served;
}

async function edit(
  served: ServedProject,
  artifact: string,
  actor: string,
  before: string,
  after: string,
): Promise<void> {
  const present = await served.get(`/api/context/${artifact}`);
  const content = String(present.body.content).replace(before, after);
  const told = await served.put(
    `/api/context/${artifact}`,
    { content, base: present.body.version },
    writerHeaders(actor),
  );
  if (told.status !== 200) throw new Error(`an edit was answered ${JSON.stringify(told.body)}`);
}

function writerHeaders(actor: string): Record<string, string> {
  if (actor === "ana") return { "x-stet-actor": actor };
  const model = actor === "codex" ? "gpt-5.1" : "opus-4.5";
  return { "x-stet-actor": actor, "x-stet-agent": actor, "x-stet-model": model, "x-stet-session": "a1b2" };
}

async function leaveConflict(served: ServedProject): Promise<void> {
  const artifact = "skills/tide-table";
  const old = await served.get(`/api/context/${artifact}`);
  const text = String(old.body.content);
  await edit(served, artifact, "codex", "Ask for the table", "Look up the table");
  const told = await served.put(
    `/api/context/${artifact}`,
    { content: text.replace("Ask for the table", "Print the table"), base: old.body.version },
    writerHeaders("ana"),
  );
  const { conflict } = told.body;
  const id: unknown = typeof conflict === "object" && conflict !== null ? Reflect.get(conflict, "id") : null;
  const left = await served.post("/api/conflicts", { id });
  if (left.status !== 200) throw new Error(`leaving it was answered ${JSON.stringify(left.body)}`);
}

import { fileURLToPath } from "node:url";
import { initialise } from "../../src/app/init.ts";
import { sync } from "../../src/app/sync.ts";
import { TestProject } from "../../test/app/test-project.ts";
import { ServedProject } from "../../test/http/served-project.ts";

const builtPage = fileURLToPath(new URL("../../dist/web", import.meta.url));

const text = (name: string, about: string) => `---
name: ${name}
description: ${about}
---

# ${name}

Lamps are lit at dusk and put out at dawn.

## Usage

Run \`lamps --all\` for every lamp on the quay. Use \`--fast\` where the quay is short.

## Care

Dust the glass **once a week**. Trim the wick before it smokes.

- oil: two cups
- wick: braided

## Notes

Ask the harbour master before changing colours.
`;

const skills: Readonly<Record<string, string>> = {
  "lamp-check": "Looks after the lamps of the quay.",
  "harbour-log": "Writes what came in and went out.",
  "tide-table": "Reads the tide for the day.",
  "buoy-paint": "Keeps the buoys in their colours.",
  "fog-signal": "Sounds the horn when it has to be sounded.",
  "rope-splice": "Joins two ropes so that they hold.",
  "crane-grease": "Greases the crane before it complains.",
};

/** A quay with a few skills, agents and commands, carried to two runtimes; some copies were edited since. */
export async function picturedProject(): Promise<ServedProject> {
  const claude = Object.entries(skills).map(([name, about]) => [
    `.claude/skills/${name}/SKILL.md`,
    text(name, about),
  ]);
  const project = new TestProject({
    ...Object.fromEntries(claude),
    "AGENTS.md": "# Quay\n\nCount in metres. Say which lamp.\n",
    ".claude/skills/lamp-check/scripts/check.sh": "#!/bin/sh\nls lamps\n",
    ".claude/agents/night-watch.md": text("night-watch", "Walks the quay at night."),
    ".claude/agents/pilot.md": text("pilot", "Brings ships in."),
    ".claude/commands/report/storm.md": "---\ndescription: Report a storm\n---\n\nSay when it began.\n",
    ".claude/commands/close-gate.md": "---\ndescription: Close the gate\n---\n\nClose it.\n",
    ".codex/agents/pilot.toml":
      'name = "pilot"\ndescription = "Brings ships in."\ndeveloper_instructions = """\nBring ships in.\n"""\n',
  });
  project.now = Date.now() * 1000;
  await initialise(project.environment, { yes: true });
  await sync(project.environment, { direction: "both", yes: true });
  project.write(".claude/skills/tide-table/SKILL.md", text("tide-table", "Reads the tide, twice a day."));
  project.write(".agents/skills/fog-signal/SKILL.md", text("fog-signal", "Sounds the horn in fog."));
  return await ServedProject.of(project, { page: builtPage });
}

import { type Files, Story } from "./story.ts";

/** A small project with files for two runtimes, the state that most stories begin with. */
export const lampShop: Files = {
  "AGENTS.md": "# Lamps\n\nCount money in cents.\n",
  ".claude/skills/copy/SKILL.md":
    "---\nname: copy\ndescription: Write the text of a page.\n---\n\n# Copy\n\nBe short.\n\n## Never\n\nNever say perfect.\n",
  ".claude/skills/copy/scripts/measure.sh": '#!/bin/sh\nwc -w < "$1"\n',
  ".claude/agents/reviewer.md":
    "---\nname: reviewer\ndescription: Reviews changes to the checkout.\n---\n\nLook for a step that can be sent twice.\n",
  ".claude/commands/shop/brief.md": "---\ndescription: Write a brief\n---\n\nWrite the brief for $1.\n",
  ".codex/agents/reviewer.toml":
    'name = "reviewer"\ndescription = "Reviews changes to the checkout."\ndeveloper_instructions = """\nLook for a step that can be sent twice.\n"""\n',
};

/** The same in a collection: imported as version 1, nothing changed since. */
export async function importedLampShop(more: Files = {}): Promise<Story> {
  const story = await Story.begin({ ...lampShop, ...more });
  await story.build("init", "--yes");
  return story;
}

/** Where the canonical files lie once it is imported. */
export const canonical = {
  skill: ".agents/skills/copy/SKILL.md",
  script: ".agents/skills/copy/scripts/measure.sh",
  agent: ".agents/agents/reviewer.md",
  command: ".agents/commands/shop/brief.md",
} as const;

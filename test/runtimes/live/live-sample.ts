/** One artifact of each kind, by path in the project. */
export const liveSample: Readonly<Record<string, string>> = {
  "AGENTS.md": "Be brief.\n",
  ".agents/skills/lamp/SKILL.md":
    "---\nname: lamp\ndescription: Says how to light a lamp\n---\n\nTurn it on.\n",
  ".agents/agents/keeper.md": "---\nname: keeper\ndescription: Keeps the lamps\n---\n\nYou keep the lamps.\n",
  ".agents/commands/brief.md": "---\ndescription: Tells of the lamps\n---\n\nTell of $ARGUMENTS.\n",
  ".agents/stet/mcp/lantern.json": '{ "command": "true", "args": ["lantern"] }\n',
};

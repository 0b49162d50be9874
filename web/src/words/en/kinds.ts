/** By the kind of an artifact as the API spells it. */
export const kinds = {
  skills: "Skills",
  agents: "Agents",
  commands: "Commands",
  rules: "Rules",
};

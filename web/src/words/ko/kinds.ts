import type { Words } from "../words.ts";

export const kinds: Words["kinds"] = {
  skills: "스킬",
  agents: "에이전트",
  commands: "명령",
  rules: "규칙",
};

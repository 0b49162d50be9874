import type { Words } from "../words.ts";

export const drift: Words["drift"] = {
  "in-sync": "일치",
  behind: "뒤처짐",
  ahead: "앞섬",
  diverged: "갈라짐",
  missing: "없음",
  extra: "추가됨",
  blocked: "막힘",
  unsupported: "지원 안 함",
  native: "직접 읽음",
};

import { withParticle } from "../particles.ts";
import type { Words } from "../words.ts";

export const conflicts: Words["conflicts"] = {
  title: "충돌",
  counted: ({ count }) => `해결을 기다리는 충돌 ${count}개`,
  empty: "해결을 기다리는 것이 없습니다",
  emptyText: "두 사람이 같은 곳을 바꾼 것은 누군가 정할 때까지 여기에 보존됩니다.",
  detail: "충돌",
  choose: "충돌을 고르면 양쪽이 보입니다",
  chooseText: "그동안 지금 버전이 그대로 있으며, 기다려도 잃는 것은 없습니다.",
  between: ({ one, other }) => `${withParticle(one, "와/과")} ${other}`,
  movedOn: "그 뒤로 파일이 바뀌었습니다. 지금 기준으로 묻습니다.",
  settle: "해결하기",
  keepChoices: "선택 보관",
  settled: "선택을 보관했습니다. 양쪽 모두 기록에 남습니다",
  openEditor: "편집기에서 열기",
};

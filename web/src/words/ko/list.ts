import type { Words } from "../words.ts";

export const list: Words["list"] = {
  title: "아티팩트",
  filter: "이름, 대상, 상태로 거르기",
  counted: ({ shown, all }) => (shown === all ? `아티팩트 ${all}개` : `아티팩트 ${all}개 중 ${shown}개`),
  noTargets: "보내는 대상 없음",
  empty: "아직 아티팩트가 없습니다",
  emptyText: "이 프로젝트의 스킬, 에이전트, 명령, 규칙이 생기면 바로 여기에 나타납니다.",
  nothingFits: "이 조건에 맞는 것이 없습니다",
  clearFilter: "조건 지우기",
};

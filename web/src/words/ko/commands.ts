import { withParticle } from "../particles.ts";
import type { Words } from "../words.ts";

export const commands: Words["commands"] = {
  button: "명령 찾기",
  title: "명령",
  find: "명령이나 아티팩트 찾기",
  counted: ({ shown, all }) =>
    shown === all ? `${all}개 찾음` : `${all}개 중 ${shown}개. 더 입력하면 나머지가 보입니다`,
  goTo: ({ page }) => `${withParticle(page, "으로/로")} 가기`,
  open: ({ name, kind }) => `${name} 열기 · ${kind}`,
  undo: "내 마지막 변경 되돌리기",
  redo: "되돌린 것 다시 하기",
  shortcuts: "단축키",
  theme: ({ theme }) => `테마: ${theme}`,
  language: ({ language }) => `언어: ${language}`,
  save: "저장 (편집기)",
  nextDifference: "다음 차이나 겹침",
  previousDifference: "이전 차이나 겹침",
  moveInMatrix: "대상 화면에서 사본 사이를 이동",
  escape: "열린 것 닫기. 버려지는 것은 없습니다",
  onMac: "맥에서는 컨트롤 대신 커맨드를 누릅니다.",
};

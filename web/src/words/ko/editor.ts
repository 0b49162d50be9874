import { withParticle } from "../particles.ts";
import type { Words } from "../words.ts";

const unknownActor = "알 수 없는 작성자";

const who = (actor: string | null) => withParticle(actor ?? unknownActor, "이/가");
const withWho = (actor: string | null) => withParticle(actor ?? unknownActor, "와/과");

export const editor: Words["editor"] = {
  text: ({ name }) => `${name}의 본문`,
  save: "저장",
  saveResult: "결과 저장",
  saving: "저장하는 중…",
  more: "더 보기",
  plainMode: "일반 입력란",
  richMode: "강조 표시 편집기",
  dirty: "저장 전, 이 브라우저에 보존됨",
  clean: "모두 저장됨",
  saved: ({ version }) => `${withParticle(version, "으로/로")} 저장했습니다`,
  unchanged: "이미 같은 내용입니다",
  merged: "그사이 바뀐 내용과 합쳐 저장했습니다",
  replaced: ({ version }) => `바꿨습니다. 두 버전 모두 기록에 있습니다. 현재 ${version}`,
  nothingToSave: "저장할 것이 없습니다",
  movedOn: ({ actor }) => `${who(actor)} 바꿔서 새 버전을 보고 있습니다`,
  takenIn: ({ actor }) => `${actor ?? unknownActor}의 변경이 본문에 들어왔습니다`,
  refused: ({ actor, units }) =>
    `아직 저장하지 않았습니다. ${withWho(actor)} 겹치는 곳이 ${units}개 있습니다. 입력한 내용은 보존됩니다.`,
  changedAgain: ({ actor }) =>
    `그사이 ${who(actor)} 다시 저장했습니다. 아무것도 바꾸지 않았으니 다시 확인하세요.`,
  stillOpen: ({ units }) => `아직 정하지 않은 곳이 ${units}개 있습니다`,
  reloaded: "상대의 버전을 보고 있습니다. 입력한 내용은 기록에 있고 초안으로도 남아 있습니다.",
  left: "나중으로 미뤘습니다. 충돌은 저장되었고 입력한 내용은 초안으로 남아 있습니다.",
  draftRestored: ({ time }) => `${time}에 입력한 내용을 되살렸습니다`,
  draftUsed: "초안을 편집기에 넣었습니다",
  draftDiscarded: "초안을 버렸습니다",
  bringBack: "되살리기",
  discard: "버리기",
  failed: ({ what }) => `저장하지 못했습니다: ${what} 입력한 내용은 이 브라우저에 보존되어 있습니다.`,
  undo: "되돌리기",
  mergesWithYours: ({ actor }) => `${who(actor)} 함께 바꿨으며 그대로 합쳐집니다`,
  overlapsYours: ({ actor, units }) => `${who(actor)} 함께 바꿨고 겹치는 곳이 ${units}개 있습니다`,
  comparing: ({ actor }) => `${who(actor)} 함께 바꿨습니다. 비교하는 중…`,
  takeIn: "받아들이기",
  look: "살펴보기",
  gone: ({ actor }) =>
    `${actor === null ? "다른 곳에서" : who(actor)} 이 아티팩트를 지우거나 이름을 바꿨습니다. 입력한 내용은 보존되며, 저장하면 다시 만들어집니다.`,
  draftOffer: ({ time }) => `${time}에 쓴 초안이 있습니다. 이전 버전을 바탕으로 합니다.`,
  draftOfferSame: ({ time }) => `${time}에 쓴 초안이 있습니다.`,
  compare: "비교",
  use: "사용",
  hide: "숨기기",
  draftDifference: "초안과 현재 버전의 차이",
  checks: ({ count }) => (count === 0 ? "검사" : `검사 (${count})`),
  noProblems: "본문에 문제가 없습니다.",
  line: ({ line }) => `${line}행`,
  keptAsDraft: ({ name }) => `${name}에 입력한 내용을 초안으로 보존했습니다`,
  notEditable: "여기서는 편집할 수 없습니다",
  masked: "비밀로 보이는 내용이 있어 가렸습니다. 여기서 저장하면 그 내용을 잃게 됩니다.",
  binary: "주 파일이 없거나 텍스트가 아닙니다.",
  rail: "이 아티팩트 정보",
  history: "기록",
  noHistory: "아직 변경이 없습니다.",
  targets: "대상",
  noTargets: "어떤 런타임으로도 보내지 않습니다.",
  files: ({ count }) => `파일 (${count})`,
  binaryFile: "텍스트가 아닙니다",
  bytes: ({ bytes }) =>
    bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`,
};

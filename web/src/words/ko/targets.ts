import { withParticle } from "../particles.ts";
import type { Words } from "../words.ts";

export const targets: Words["targets"] = {
  title: "대상",
  filter: "이름으로 거르기",
  matrix: "아티팩트와 대상",
  artifact: "아티팩트",
  noCopy: "사본 없음",
  states: "한 가지 상태만 보기",
  toPlan: "동기화 계획",
  empty: "어디로도 보내지 않습니다",
  emptyText: "이 프로젝트에 대상이 생기면 아티팩트가 여기에 나타납니다.",
  panel: ({ name, target }) => `${target}의 ${name}`,
  push: ({ target }) => `${withParticle(target, "으로/로")} 보내기`,
  pull: ({ target }) => `${target}에서 받기`,
  merge: "둘을 병합",
  done: ({ name, target }) =>
    `${withParticle(name, "와/과")} ${withParticle(target, "이/가")} 다시 일치합니다`,
  ignore: "이곳에서 한 필드의 차이를 허용",
  ignoreField: "필드",
  ignoreReason: "나중에 읽을 사람을 위한 이유",
  ignoreIt: "무시하기",
  ignored: ({ field, target }) => `${target}에서 ${withParticle(field, "은/는")} 달라도 됩니다`,
  same: "쓸 내용과 있는 내용이 같습니다.",
  difference: "있는 내용에서 쓸 내용으로",
};

export const sides: Words["sides"] = {
  "in-sync": "양쪽이 같습니다.",
  behind: "저장소가 앞서 갔고, 사본은 쓰인 그대로입니다.",
  ahead: "사본이 편집되었고, 저장소는 그 뒤로 바뀌지 않았습니다.",
  diverged: "사본을 쓴 뒤로 양쪽이 모두 바뀌었습니다.",
  missing: "대상에 사본이 없습니다.",
  extra: "관리하지 않는 파일이 대상에 있습니다.",
  blocked: "문제를 고칠 때까지 그곳에 쓰지 않습니다.",
  unsupported: "이 런타임에는 둘 곳이 없습니다.",
  native: "이 런타임은 저장소의 파일을 직접 읽으므로 사본이 없습니다.",
};

import type { Words } from "../words.ts";

export const plan: Words["plan"] = {
  title: "동기화 계획",
  empty: "할 일이 없습니다",
  emptyText: "모든 사본이 제대로 있습니다.",
  again: "다시 확인",
  apply: ({ count }) => `변경 ${count}개 적용`,
  applied: ({ count }) => `변경 ${count}개를 적용했습니다`,
  valid: "아직 아무것도 쓰지 않았습니다. 그 사이 바뀐 것은 다시 계획합니다.",
  counted: ({ count }) => `변경 ${count}개`,
  deletes: ({ target }) => `${target}에서 삭제`,
  left: "그대로 둔 것",
  moved: ({ count }) => `변경 ${count}개는 하지 않았습니다. 계획한 뒤에 파일이 바뀌었습니다`,
  movedAway: "더 할 일이 없습니다",
};

export const planActions: Words["planActions"] = {
  create: "만들기",
  change: "바꾸기",
  delete: "삭제",
  take: "받아들이기",
  merge: "병합",
  ask: "묻기",
};

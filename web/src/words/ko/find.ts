import type { Words } from "../words.ts";

export const find: Words["find"] = {
  find: "찾기",
  replace: "바꾸기",
  next: "다음",
  previous: "이전",
  all: "모두",
  matchCase: "대소문자 구분",
  regexp: "정규식",
  byWord: "단어 단위",
  replaceOne: "바꾸기",
  replaceAll: "모두 바꾸기",
  close: "닫기",
};

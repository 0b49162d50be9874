import { withParticle } from "../particles.ts";
import type { Words } from "../words.ts";

const who = (actor: string | null) => actor ?? "알 수 없는 작성자";

export const settling: Words["settling"] = {
  views: "정하는 방법",
  overlaps: ({ count }) => `겹치는 곳 (${count})`,
  yourText: "내 본문",
  sideBySide: "나란히",
  result: "결과",
  settled: ({ done, all }) => `${all}개 중 ${done}개 정함`,
  cardTitle: ({ number, all, where }) =>
    where === "" ? `겹치는 곳 ${number}/${all}` : `겹치는 곳 ${number}/${all} · ${where}`,
  before: "이전",
  nothingThere: "내용 없음",
  yours: "내 것",
  theirs: ({ actor, time }) => (time === "" ? who(actor) : `${who(actor)}, ${time}`),
  both: "둘 다",
  bothDetail: "상대 것 다음에 내 것",
  write: "직접 쓰기",
  writeHere: ({ number }) => `겹치는 곳 ${number}에 쓸 내용`,
  security: "권한을 주는 부분이니 꼼꼼히 읽으세요.",
  added: "추가됨",
  removed: "삭제됨",
  untouched: ({ lines }) => `그대로인 ${lines}줄`,
  previous: "이전",
  next: "다음",
  keepAsHere: ({ number }) => `겹치는 곳 ${withParticle(String(number), "은/는")} 오른쪽에 있는 대로`,
  theirsName: ({ actor }) => `${who(actor)}의 버전`,
  yoursName: "편집할 내 본문",
  resultName: "저장될 결과",
  nothingOpen: "더는 겹치는 곳이 없습니다. 결과를 저장할 수 있습니다.",
  reload: "상대 버전 불러오기",
  reloadDetail: "내 본문은 기록과 초안으로 남습니다",
  compare: "비교 편집기로 보기",
  compareDetail: "나란히 놓고 직접 합칩니다",
  overwrite: "상대 버전 바꾸기…",
  overwriteDetail: "상대 버전은 기록에 남습니다",
  later: "나중으로 미루기",
  laterDetail: "충돌은 저장되고 상대 버전이 그대로 있습니다",
  back: "내 본문으로 돌아가기",
  backDetail: "아직 아무것도 정하지 않았습니다",
  overwriteTitle: ({ actor }) => `${who(actor)}의 버전을 바꿀까요?`,
  overwriteText: ({ version, time }) =>
    `상대의 ${time === "" ? "" : `${time} `}버전은 기록에 ${withParticle(version, "으로/로")} 남으며, 거기서 복원할 수 있습니다.`,
  overwriteConfirm: "바꾸기",
  cancel: "취소",
};

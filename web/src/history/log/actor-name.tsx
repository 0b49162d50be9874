import type { OperationValue } from "../../api/operations.ts";
import { useWords } from "../../words/use-words.tsx";

const signs: Readonly<Record<OperationValue["actor"]["kind"], string>> = {
  person: "○",
  agent: "◆",
  git: "⑂",
  stet: "·",
  unknown: "?",
};

/** Who it was, with the model that wrote; the sign tells people from agents. */
export function ActorName({ actor }: { readonly actor: OperationValue["actor"] }) {
  const { history } = useWords();
  const { kind, name, modelId, agentId } = actor;
  const detail = modelId ?? agentId;
  return (
    <span className="actor" data-kind={kind}>
      <span className="actor-sign" aria-hidden="true">
        {signs[kind]}
      </span>
      <bdi className="actor-name">{kind === "unknown" ? history.unknownWriter : name}</bdi>
      {detail === null ? null : <bdi className="actor-model">{detail}</bdi>}
    </span>
  );
}

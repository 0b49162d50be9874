import { useState } from "react";
import { type ErrorSlots, slotsOf } from "../../api/api-error.ts";
import { type OperationValue, restoreArtifact, revertOperation } from "../../api/operations.ts";
import { Button } from "../../design/button.tsx";
import { Menu } from "../../design/menu.tsx";
import { ErrorState } from "../../design/states.tsx";
import { goTo } from "../../shell/router.ts";
import { useWords } from "../../words/use-words.tsx";
import { artifactsOf } from "../artifacts-of.ts";
import { useTellOutcome } from "../tell-outcome.ts";

/** What can be done about an operation. Everything is named after whom and what it concerns. */
export function DetailActions({ operation }: { readonly operation: OperationValue }) {
  const words = useWords();
  const { history, shell } = words;
  const tell = useTellOutcome();
  const [isBusy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ErrorSlots>();
  const { actor, summary } = operation;
  const name = actor.kind === "unknown" ? history.unknownWriter : actor.name;
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setFailed(undefined);
    await act().catch((error: unknown) => setFailed(slotsOf(error, shell)));
    setBusy(false);
  };
  const undo = () =>
    run(async () => {
      const outcome = await revertOperation(operation.id);
      tell(outcome, history.undone({ actor: name, summary }));
    });
  const restores = artifactsOf(operation).map((address) => ({
    key: `${address.kind}/${address.name}`,
    label: history.restore({ name: address.name }),
    choose: () =>
      void run(async () =>
        tell(await restoreArtifact(address, operation.id), history.restored({ name: address.name })),
      ),
  }));
  return (
    <>
      <div className="detail-actions">
        <Button disabled={isBusy} onClick={() => void undo()} title={history.undoDetail}>
          {history.undo({ actor: name })}
        </Button>
        <Menu
          label="⋯"
          name={words.editor.more}
          choices={[
            { key: "look", label: history.lookBack, choose: () => goTo(`/?at=${operation.id}`) },
            ...restores,
          ]}
        />
      </div>
      {failed === undefined ? null : <ErrorState error={failed} />}
    </>
  );
}

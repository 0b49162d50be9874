import { slotsOf } from "../api/api-error.ts";
import { type ChangeOutcomeValue, revertOperation } from "../api/operations.ts";
import { useToast } from "../design/toast.tsx";
import { goTo } from "../shell/router.ts";
import { useWords } from "../words/use-words.tsx";

/** Says what a change came to, with the way back. The way back is also the newest line of the history. */
export function useTellOutcome(): (outcome: ChangeOutcomeValue, done: string) => void {
  const { history, shell } = useWords();
  const toast = useToast();
  const takeBack = (operation: string) =>
    revertOperation(operation).then(
      () => toast(history.undoneLast),
      (error: unknown) => toast(slotsOf(error, shell).what),
    );
  return ({ operation, conflicts }, done) => {
    if (conflicts.length > 0) {
      toast(history.undoOverlaps({ count: conflicts.length }), {
        label: history.toConflicts,
        act: () => goTo("/conflicts"),
      });
    } else if (operation === null) toast(history.nothingToUndo);
    else toast(done, { label: history.undoThat, act: () => void takeBack(operation) });
  };
}

import { type FormEvent, useId, useState } from "react";
import { ignoreField } from "../api/sync.ts";
import { Button } from "../design/button.tsx";
import { useTellOutcome } from "../history/tell-outcome.ts";
import { useWords } from "../words/use-words.tsx";

/** Lets one field of a copy differ, with a reason: without one nothing is sent. */
export function IgnoreForm(props: {
  readonly artifact: string;
  readonly target: string;
  readonly onDone: () => void;
  readonly onFailed: (error: unknown) => void;
}) {
  const { artifact, target, onDone, onFailed } = props;
  const { targets } = useWords();
  const tell = useTellOutcome();
  const id = useId();
  const [field, setField] = useState("");
  const [reason, setReason] = useState("");
  const send = async (event: FormEvent) => {
    event.preventDefault();
    try {
      const outcome = await ignoreField({ artifact, target, field: field.trim(), reason });
      tell(outcome, targets.ignored({ field, target }));
      onDone();
    } catch (error) {
      onFailed(error);
    }
  };
  return (
    <details className="ignore">
      <summary>{targets.ignore}</summary>
      <form onSubmit={(event) => void send(event)}>
        <label htmlFor={`${id}-field`}>{targets.ignoreField}</label>
        <input
          id={`${id}-field`}
          className="field"
          required
          value={field}
          onChange={(event) => setField(event.target.value)}
        />
        <label htmlFor={`${id}-reason`}>{targets.ignoreReason}</label>
        <input
          id={`${id}-reason`}
          className="field"
          required
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button type="submit">{targets.ignoreIt}</Button>
      </form>
    </details>
  );
}

import { Component, type ReactNode } from "react";
import { ErrorState } from "../design/states.tsx";
import { useWords } from "../words/use-words.tsx";

interface State {
  readonly error: unknown;
}

/** A screen that fails takes down itself and not the page. Another `key` is another try. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, State> {
  override readonly state: State = { error: null };

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? this.props.children : <Broken error={error} />;
  }
}

function Broken({ error }: { readonly error: unknown }) {
  const { shell } = useWords();
  const slots = {
    code: "",
    what: shell.brokenWhat,
    where: "",
    why: String(error),
    kept: shell.brokenKept,
    fixes: [],
    isOwn: true,
  };
  return <ErrorState error={slots} onRetry={() => location.reload()} />;
}

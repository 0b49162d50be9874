import { Toast } from "@base-ui/react/toast";
import type { ReactNode } from "react";
import { useWords } from "../words/use-words.tsx";
import "./toast.css";
import "./button.css";

const shownMilliseconds = 20_000;

/** Room for short messages. They wait while one points at them or has the focus. */
export function ToastRoom({ children }: { readonly children: ReactNode }) {
  const words = useWords();
  return (
    <Toast.Provider timeout={shownMilliseconds} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts" aria-label={words.shell.notices}>
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const { toasts } = Toast.useToastManager();
  const words = useWords();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className="toast" swipeDirection={[]}>
      <Toast.Content className="toast-content">
        <Toast.Title className="toast-text" />
        <Toast.Action className="button" data-tone="quiet" />
        <Toast.Close className="button" data-tone="quiet" aria-label={words.shell.close}>
          ×
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

/** Says a thing that was done, with a way back. The way back must be reachable elsewhere too: a toast goes away. */
export function useToast(): (
  message: string,
  undo?: { readonly label: string; readonly act: () => void },
) => void {
  const { add } = Toast.useToastManager();
  return (message, undo) => {
    add({
      title: message,
      ...(undo === undefined ? {} : { actionProps: { children: undo.label, onClick: undo.act } }),
    });
  };
}

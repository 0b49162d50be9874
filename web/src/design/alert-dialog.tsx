import { AlertDialog as BaseAlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef } from "react";
import "./alert-dialog.css";
import "./button.css";

/** Asks before something is replaced. The focus is on Cancel: Enter by reflex does nothing. */
export function AlertDialog(props: {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  readonly cancel: string;
  readonly confirm: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
}) {
  const { open, title, children, cancel, confirm, onClose, onConfirm } = props;
  const cancelRef = useRef<HTMLButtonElement>(null);
  return (
    <BaseAlertDialog.Root open={open} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className="dialog-backdrop" />
        <BaseAlertDialog.Popup className="dialog" initialFocus={cancelRef}>
          <BaseAlertDialog.Title className="dialog-title">{title}</BaseAlertDialog.Title>
          <BaseAlertDialog.Description>{children}</BaseAlertDialog.Description>
          <div className="dialog-actions">
            <BaseAlertDialog.Close ref={cancelRef} className="button">
              {cancel}
            </BaseAlertDialog.Close>
            <button type="button" className="button" data-tone="bad" onClick={onConfirm}>
              {confirm}
            </button>
          </div>
        </BaseAlertDialog.Popup>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}

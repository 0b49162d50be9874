import { Menu as BaseMenu } from "@base-ui/react/menu";
import type { ReactNode } from "react";
import "./menu.css";
import "./button.css";

export interface MenuChoice {
  readonly key: string;
  readonly label: string;
  /** What choosing it does, in a few words. */
  readonly detail?: string;
  readonly tone?: "bad";
  readonly disabled?: boolean;
  readonly choose: () => void;
}

/**
 * A button that opens a list of actions, in the main part of the page so that it is found there. Escape and a click beside close it and do nothing else.
 */
export function Menu(props: {
  readonly label: ReactNode;
  /** The button's name where its label is a sign. */
  readonly name?: string;
  readonly tone?: "plain" | "quiet";
  readonly choices: readonly MenuChoice[];
}) {
  const { label, name, tone = "plain", choices } = props;
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger className="button" data-tone={tone} aria-label={name}>
        {label}
      </BaseMenu.Trigger>
      <BaseMenu.Portal container={document.getElementById("content")}>
        <BaseMenu.Positioner className="menu-place" sideOffset={4} align="end">
          <BaseMenu.Popup className="menu">
            {choices.map(({ key, label: text, detail, tone: itemTone, disabled = false, choose }) => (
              <BaseMenu.Item
                key={key}
                className="menu-item"
                data-tone={itemTone}
                disabled={disabled}
                onClick={choose}
              >
                <span>{text}</span>
                {detail === undefined ? null : <small>{detail}</small>}
              </BaseMenu.Item>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

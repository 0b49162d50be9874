import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import "./tabs.css";

export interface Tab {
  readonly key: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** Views of one thing, of which one shows. With `onChange` the caller holds which one. */
export function Tabs(props: {
  readonly name: string;
  readonly tabs: readonly Tab[];
  readonly chosen?: string;
  readonly onChange?: (key: string) => void;
}) {
  const { name, tabs, chosen, onChange } = props;
  const held = chosen === undefined ? { defaultValue: tabs[0]?.key ?? "" } : { value: chosen };
  return (
    <BaseTabs.Root className="tabs" {...held} onValueChange={(key) => onChange?.(String(key))}>
      <BaseTabs.List className="tabs-list" aria-label={name}>
        {tabs.map(({ key, label }) => (
          <BaseTabs.Tab key={key} value={key} className="tab">
            {label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map(({ key, content }) => (
        <BaseTabs.Panel key={key} value={key} className="tab-panel">
          {content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}

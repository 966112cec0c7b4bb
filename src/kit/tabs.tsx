import type { ReactNode } from 'react';
import { Tab as AriaTab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';

export interface TabEntry {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly content: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly TabEntry[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  readonly extra?: ReactNode;
}

export function Tabs({ label, tabs, selected, onSelect, extra }: TabsProps) {
  return (
    <AriaTabs className="tabs" selectedKey={selected} onSelectionChange={(key) => onSelect(String(key))}>
      <div className="tab-row">
        <TabList className="tab-list" aria-label={label}>
          {tabs.map((tab) => (
            <AriaTab key={tab.id} id={tab.id} className="tab">
              {tab.title}
              {tab.count !== undefined && tab.count > 0 && <span className="tab-count">{tab.count}</span>}
            </AriaTab>
          ))}
        </TabList>
        {extra}
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

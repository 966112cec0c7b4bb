import { memo, useContext, useLayoutEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { Tab as AriaTab, TabList, TabListStateContext, Tabs as AriaTabs } from 'react-aria-components';

interface TabTitle {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
}

export interface TabEntry extends TabTitle {
  readonly content: ReactNode;
}

interface TabsProps {
  readonly label: string;
  readonly tabs: readonly TabEntry[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  readonly extra?: ReactNode;
}

/**
 * Tabs of react-aria with a panel of our own beside them. Theirs looks through all of its content for something to focus
 * whenever any of it changes, and what stands inside of their tabs is drawn twice: together a third of each step of a run
 * that plays.
 */
export function Tabs({ label, tabs, selected, onSelect, extra }: TabsProps) {
  const root = useRef<HTMLDivElement>(null);
  const latest = useRef(onSelect);
  useLayoutEffect(() => {
    latest.current = onSelect;
  });
  return (
    <div className="tabs" ref={root}>
      <div className="tab-row">
        <Strip label={label} titles={tabs} selected={selected} latest={latest} root={root} />
        {extra}
      </div>
      <Panel key={selected} root={root}>
        {tabs.find((tab) => tab.id === selected)?.content}
      </Panel>
    </div>
  );
}

interface StripProps {
  readonly label: string;
  readonly titles: readonly TabTitle[];
  readonly selected: string;
  readonly latest: { readonly current: (id: string) => void };
  readonly root: Root;
}

interface Root {
  readonly current: Element | null;
}

const Strip = memo(function Strip({ label, titles, selected, latest, root }: StripProps) {
  return (
    <AriaTabs
      className="tab-strip"
      selectedKey={selected}
      onSelectionChange={(key) => {
        if (key !== selected) latest.current(String(key));
      }}
    >
      <TabList className="tab-list" aria-label={label}>
        {titles.map(({ id, title, count }) => (
          <AriaTab key={id} id={id} className="tab">
            {title}
            {count !== undefined && count > 0 && <span className="tab-count">{count}</span>}
          </AriaTab>
        ))}
      </TabList>
      <Tie root={root} />
    </AriaTabs>
  );
}, isSameStrip);

function isSameStrip(before: StripProps, after: StripProps): boolean {
  return (
    before.label === after.label &&
    before.selected === after.selected &&
    before.titles.length === after.titles.length &&
    before.titles.every(({ id, title, count }, index) => {
      const other = after.titles[index];
      return id === other?.id && title === other.title && count === other.count;
    })
  );
}

/** What belongs to the tab that is selected. */
function Panel({ root, children }: { readonly root: Root; readonly children: ReactNode }) {
  useLayoutEffect(() => tie(root.current));
  return (
    <div className="tab-panel" role="tabpanel" tabIndex={0}>
      {children}
    </div>
  );
}

/** The tabs have their ids a moment later than they are there, once there is a state. */
function Tie({ root }: { readonly root: Root }) {
  useContext(TabListStateContext);
  useLayoutEffect(() => tie(root.current));
  return null;
}

/** Tells who cannot see it which tab a panel belongs to. */
function tie(root: Element | null): void {
  const tab = root?.querySelector(':scope > .tab-row [role=tab][aria-selected=true]');
  const panel = root?.querySelector(':scope > .tab-panel');
  if (!tab || !panel) return;
  panel.id = tab.getAttribute('aria-controls') ?? '';
  panel.setAttribute('aria-labelledby', tab.id);
}

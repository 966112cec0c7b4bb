import { Check, Columns3 } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useStore } from 'zustand';
import { MenuButton } from '../../kit/menu.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import type { TabEntry } from '../../kit/tabs.tsx';
import type { BranchState, LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { EtcdLedger } from './etcd-ledger.tsx';
import { EventsLedger } from './events-ledger.tsx';
import { LEDGERS, toggleLedger, usePane } from './pane-state.ts';
import type { Ledger } from './pane-state.ts';
import { useSimulationState } from './simulation-context.ts';
import { KeepPane } from './keep/keep-pane.tsx';
import { ledgerState, openLedger } from './ledger-state.ts';
import { Terminal } from './terminal.tsx';
import { Timeline } from './timeline.tsx';
import { filteredSteps } from './trace-filter.ts';
import { TraceTable } from './trace-table.tsx';
import { TrafficLedger } from './traffic/traffic-ledger.tsx';
import { WhyPane } from './why/why-pane.tsx';
import { WorkloadTable } from './workload-table.tsx';

/** What is written down of the run, each in its own way; a person hides what is not wanted. */
export const Ledgers = memo(function Ledgers({
  steps,
  branch,
}: {
  readonly steps: readonly LogEntry[];
  readonly branch: BranchState;
}) {
  const t = useText();
  const chosen = useStore(ledgerState, (state) => state.tab);
  const filter = usePane((state) => state.filter);
  const hidden = usePane((state) => state.hidden);
  const shown = useMemo(() => filteredSteps(steps, filter), [steps, filter]);
  const open = LEDGERS.filter((ledger) => !hidden.has(ledger));
  const tab = hidden.has(chosen) ? open[0] : chosen;
  const content = (ledger: Ledger): React.ReactNode => {
    if (ledger !== tab) return null;
    if (ledger === 'timeline') return <Timeline steps={steps} />;
    if (ledger === 'trace') return <TraceTable steps={steps} shown={shown} />;
    if (ledger === 'workloads') return <Workloads />;
    if (ledger === 'traffic') return <TrafficLedger branch={branch} />;
    if (ledger === 'events') return <EventsLedger />;
    if (ledger === 'etcd') return <EtcdLedger />;
    if (ledger === 'why') return <WhyPane />;
    if (ledger === 'keep') return <KeepPane steps={steps} branch={branch} />;
    return <Terminal branch={branch} />;
  };
  const titles: Readonly<Record<Ledger, string>> = {
    timeline: t('simulation:timeline'),
    trace: t('simulation:trace'),
    workloads: t('simulation:workloads'),
    traffic: t('traffic:ledger'),
    events: t('rehearsal:events'),
    etcd: t('rehearsal:etcd'),
    terminal: 'kubectl',
    why: t('rehearsal:why'),
    keep: t('rehearsal:keep'),
  };
  const menu = (
    <MenuButton
      label={t('rehearsal:hideLedger')}
      className="button-quiet button-icon button-small"
      entries={LEDGERS.map((ledger) => ({
        id: ledger,
        label: titles[ledger],
        icon: <Check size={14} className={hidden.has(ledger) ? 'sim-unchecked' : ''} />,
        onAction: () => toggleLedger(ledger),
      }))}
    >
      <Columns3 size={15} aria-hidden />
    </MenuButton>
  );
  if (tab === undefined)
    return (
      <p className="sim-no-ledger">
        {t('rehearsal:allHidden')} {menu}
      </p>
    );
  return (
    <Tabs
      label={t('simulation:ledgers')}
      selected={tab}
      onSelect={openLedger}
      extra={menu}
      tabs={open.map((ledger): TabEntry => ({
        id: ledger,
        title: titles[ledger],
        ...(ledger === 'trace' && { count: shown.length }),
        content: content(ledger),
      }))}
    />
  );
});

/** Of the moment that is shown. */
function Workloads() {
  const frame = useSimulationState((state) => state.moment?.frame);
  return frame && <WorkloadTable frame={frame} />;
}

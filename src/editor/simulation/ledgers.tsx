import { useState } from 'react';
import { Tabs } from '../../kit/tabs.tsx';
import type { BranchState, LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { useSimulationState } from './simulation-context.ts';
import { Terminal } from './terminal.tsx';
import { Timeline } from './timeline.tsx';
import { TraceTable } from './trace-table.tsx';
import { WorkloadTable } from './workload-table.tsx';

/** What is written down of the run, each in its own way. */
export function Ledgers({ steps, branch }: { readonly steps: readonly LogEntry[]; readonly branch: BranchState }) {
  const t = useText();
  const [tab, setTab] = useState('timeline');
  const frame = useSimulationState((state) => state.frame);
  return (
    <Tabs
      label={t('simulation:ledgers')}
      selected={tab}
      onSelect={setTab}
      tabs={[
        { id: 'timeline', title: t('simulation:timeline'), content: tab === 'timeline' && <Timeline steps={steps} /> },
        {
          id: 'trace',
          title: t('simulation:trace'),
          count: steps.length,
          content: tab === 'trace' && <TraceTable steps={steps} />,
        },
        {
          id: 'workloads',
          title: t('simulation:workloads'),
          content: tab === 'workloads' && frame && <WorkloadTable frame={frame} />,
        },
        { id: 'terminal', title: 'kubectl', content: tab === 'terminal' && <Terminal branch={branch} /> },
      ]}
    />
  );
}

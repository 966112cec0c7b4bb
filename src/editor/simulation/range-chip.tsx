import { X } from 'lucide-react';
import { IconButton } from '../../kit/button.tsx';
import { useText } from '../i18n.ts';
import { pane, usePane } from './pane-state.ts';
import { useSimulationState } from './simulation-context.ts';
import { clock } from './steps.ts';

/** The range of the run that was chosen, and the way to give it up. */
export function RangeChip() {
  const t = useText();
  const range = usePane(({ filter }) => filter.range);
  const entries = useSimulationState(({ branches, branch }) => branches[branch]?.entries);
  if (range === undefined) return null;
  const [from, to] = range.map((seq) => clock(entries?.[seq - 1]?.timeMs ?? 0));
  return (
    <span className="sim-range-chip">
      {t('rehearsal:range', { from, to })}
      <IconButton
        small
        label={t('rehearsal:clearRange')}
        icon={<X size={13} />}
        onPress={() => pane.setState(({ filter }) => ({ filter: { ...filter, range: undefined } }))}
      />
    </span>
  );
}

import { FilterX } from 'lucide-react';
import { useMemo } from 'react';
import { Button } from '../../kit/button.tsx';
import { Choice } from '../../kit/choice.tsx';
import { componentName } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { sentence, useText } from '../i18n.ts';
import { pane, usePane } from './pane-state.ts';
import { NO_FILTER, PRESETS, choicesOf, isFiltering } from './trace-filter.ts';
import type { TraceFilter } from './trace-filter.ts';

/** An empty id is none for a list; this one stands for whatever there is. */
const ANY = '*';

/** What of the steps is shown: presets, kinds of steps, components, namespaces, objects. */
export function TraceFilters({ steps }: { readonly steps: readonly LogEntry[] }) {
  const t = useText();
  const filter = usePane((state) => state.filter);
  const choices = useMemo(() => choicesOf(steps), [steps]);
  const change = (part: Partial<TraceFilter>): void => pane.setState({ filter: { ...filter, ...part } });
  const choice = (
    label: string,
    name: 'class' | 'component' | 'namespace' | 'object',
    ids: readonly string[],
    words: (id: string) => string = (id) => id,
  ) => (
    <Choice
      label={label}
      labelHidden
      value={filter[name] === '' ? ANY : filter[name]}
      options={[
        { id: ANY, label: `${label}: ${t('rehearsal:any')}` },
        // What was chosen in another run stays to be seen, and to be given up.
        ...[...new Set([...ids, ...(filter[name] === '' ? [] : [filter[name]])])].map((id) => ({
          id,
          label: words(id),
        })),
      ]}
      onChange={(id) => change({ [name]: id === ANY ? '' : id })}
    />
  );
  return (
    <div className="sim-filters">
      <Choice
        label={t('rehearsal:preset')}
        labelHidden
        value={filter.preset}
        options={PRESETS.map((id) => ({ id, label: t(`rehearsal:preset.${id}`) }))}
        onChange={(id) => {
          const preset = PRESETS.find((one) => one === id) ?? 'all';
          const isPod = filter.object.startsWith('Pod/');
          change({ preset, ...(preset === 'pod' && !isPod && { object: choices.pods[0] ?? '' }) });
        }}
      />
      {choice(t('rehearsal:filterClass'), 'class', choices.classes, (id) => sentence(t, 'rehearsal', `class.${id}`))}
      {choice(t('rehearsal:filterComponent'), 'component', choices.components, componentName)}
      {choice(t('rehearsal:filterNamespace'), 'namespace', choices.namespaces)}
      {choice(t('rehearsal:filterObject'), 'object', filter.preset === 'pod' ? choices.pods : choices.objects)}
      {isFiltering(filter) && (
        <Button small look="quiet" onPress={() => pane.setState({ filter: NO_FILTER })}>
          <FilterX size={14} aria-hidden />
          {t('rehearsal:clearFilters')}
        </Button>
      )}
    </div>
  );
}

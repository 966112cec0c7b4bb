import type { ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { SEVERITIES } from './problem-groups.ts';
import type { ProblemCounts } from './problem-groups.ts';
import { SeverityIcon } from './problem-line.tsx';
import { SOURCES } from './problem-source.ts';
import { toggled } from '../../base/toggled.ts';
import { changeFilter, useProblemsView } from './problems-view.ts';

/** Chips that narrow the list: by how bad, and by who says it. A chip without problems is not there, unless it is on. */
export function ProblemFilters({ counts }: { readonly counts: ProblemCounts }) {
  const t = useText();
  const { severities, sources } = useProblemsView(({ filter }) => filter);
  return (
    <fieldset className="problem-filters" aria-label={t('problems:filters')}>
      {SEVERITIES.map((severity) => (
        <FilterChip
          key={severity}
          on={severities.has(severity)}
          count={counts.severities[severity]}
          onPress={() => changeFilter({ severities: toggled(severities, severity) })}
        >
          <SeverityIcon severity={severity} />
        </FilterChip>
      ))}
      <span className="bar-line" />
      {SOURCES.map((source) => (
        <FilterChip
          key={source}
          on={sources.has(source)}
          count={counts.sources[source]}
          onPress={() => changeFilter({ sources: toggled(sources, source) })}
        >
          {t(`problems:source.${source}`)}
        </FilterChip>
      ))}
    </fieldset>
  );
}

interface FilterChipProps {
  readonly on: boolean;
  readonly count: number;
  readonly children: ReactNode;
  readonly onPress: () => void;
}

function FilterChip({ on, count, children, onPress }: FilterChipProps) {
  if (count === 0 && !on) return null;
  return (
    <button type="button" className="filter-chip" aria-pressed={on} onClick={onPress}>
      {children}
      <span className="filter-count">{count}</span>
    </button>
  );
}

import { useEffect, useRef, useState } from 'react';
import { componentName } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { captionText } from './caption-text.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { RangeChip } from './range-chip.tsx';
import { clock, indexAt } from './steps.ts';
import { TraceFilters } from './trace-filters.tsx';

/** Height of a row in CSS pixels: rows out of sight are not made. */
const ROW = 26;
const AROUND = 8;

/** Every step as a line; filters and what is typed narrow them. */
export function TraceTable({
  steps,
  shown: filtered,
}: {
  readonly steps: readonly LogEntry[];
  /** Those that the filters let through. */
  readonly shown: readonly LogEntry[];
}) {
  const t = useText();
  const simulation = useSimulation();
  const seq = useSimulationState((state) => state.moment?.seq ?? 0);
  const [words, setWords] = useState('');
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(200);
  const list = useRef<HTMLDivElement>(null);
  const wanted = words.trim().toLowerCase();
  const shown =
    wanted === ''
      ? filtered
      : filtered.filter(({ from, to, class: kind, verb, object }) =>
          `${from} ${to} ${kind} ${verb} ${object ?? ''}`.toLowerCase().includes(wanted),
        );
  const at = indexAt(shown, seq);
  useEffect(() => {
    const element = list.current;
    if (!element || at < 0) return;
    const [from, to] = [element.scrollTop, element.scrollTop + element.clientHeight];
    if (at * ROW < from || (at + 1) * ROW > to) element.scrollTop = Math.max(0, at * ROW - element.clientHeight / 2);
    setHeight(element.clientHeight);
  }, [at]);
  const first = Math.max(0, Math.floor(top / ROW) - AROUND);
  const last = Math.min(shown.length, Math.ceil((top + height) / ROW) + AROUND);
  return (
    <div className="sim-trace">
      <div className="sim-ledger-tools">
        <input
          className="input sim-search"
          type="search"
          placeholder={t('simulation:search')}
          aria-label={t('simulation:search')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <TraceFilters steps={steps} />
        <RangeChip />
        <span className="quiet sim-count">
          {t('rehearsal:stepsShown', { shown: shown.length, count: steps.length })}
        </span>
      </div>
      <div
        className="sim-rows"
        ref={list}
        onScroll={(event) => {
          setTop(event.currentTarget.scrollTop);
          setHeight(event.currentTarget.clientHeight);
        }}
      >
        <div style={{ height: shown.length * ROW, position: 'relative' }}>
          {shown.slice(first, last).map((entry, index) => {
            return (
              <button
                key={entry.seq}
                type="button"
                aria-current={entry.seq === seq ? 'step' : undefined}
                className={`sim-row${entry.seq === seq ? ' sim-row-now' : ''}`}
                style={{ top: (first + index) * ROW }}
                onClick={() => simulation.goTo(entry.seq)}
              >
                <span className="mono quiet">{clock(entry.timeMs)}</span>
                <span className={`sim-tag sim-class-${entry.class}`}>{entry.verb}</span>
                <span className="sim-who">
                  {componentName(entry.from)}
                  {entry.from !== entry.to && ` → ${componentName(entry.to)}`}
                </span>
                <span className="sim-said">{captionText(t, entry)}</span>
              </button>
            );
          })}
        </div>
      </div>
      {shown.length === 0 && <p className="dock-empty">{t('simulation:noSteps')}</p>}
    </div>
  );
}

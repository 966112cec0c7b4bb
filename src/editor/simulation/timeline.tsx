import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { IconButton } from '../../kit/button.tsx';
import { componentName } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { pane, usePane } from './pane-state.ts';
import { RangeChip } from './range-chip.tsx';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { indexAt } from './steps.ts';
import { filteredSteps } from './trace-filter.ts';

const MOST_LANES = 24;
const MOST_MARKS = 4000;
/** How much nearer one press brings, and the fewest steps that fill the width. */
const NEARER = 2;
const FEWEST = 20;
/** A drag shorter than this share of the lanes is a press. */
const LEAST_DRAG = 0.005;

/**
 * A lane for each component; a mark where it sent something. Steps stand at equal distances: long waits take no room.
 * A press goes to a step, a drag chooses a range, which the trace then shows.
 */
export function Timeline({ steps }: { readonly steps: readonly LogEntry[] }) {
  const t = useText();
  const simulation = useSimulation();
  const seq = useSimulationState(({ moment }) => moment?.seq ?? 0);
  const filter = usePane((state) => state.filter);
  const [zoom, setZoom] = useState(1);
  const scroller = useRef<HTMLDivElement>(null);
  const lanes = useMemo(() => lanesOf(steps), [steps]);
  // The range is shown on the whole, not cut out of it.
  const passing = useMemo(
    () => new Set(filteredSteps(steps, { ...filter, range: undefined }).map((step) => step.seq)),
    [steps, filter],
  );
  const at = Math.max(0, indexAt(steps, seq));
  const most = Math.max(1, steps.length - 1);
  useEffect(() => {
    const element = scroller.current;
    if (!element || zoom === 1) return;
    const x = (at / most) * element.scrollWidth;
    if (x < element.scrollLeft || x > element.scrollLeft + element.clientWidth)
      element.scrollLeft = x - element.clientWidth / 2;
  }, [at, most, zoom]);
  if (steps.length === 0) return <p className="dock-empty">{t('simulation:noSteps')}</p>;
  const mostZoom = Math.max(1, steps.length / FEWEST);
  const choose = (from: number, to: number): void => {
    const [first, last] = [Math.min(from, to), Math.max(from, to)].map(
      (share) => steps[Math.round(Math.max(0, Math.min(1, share)) * (steps.length - 1))]!.seq,
    ) as [number, number];
    if (Math.abs(to - from) < LEAST_DRAG) simulation.goTo(first);
    else pane.setState(({ filter: before }) => ({ filter: { ...before, range: [first, last] } }));
  };
  return (
    <div className="sim-timeline-pane">
      <div className="sim-ledger-tools">
        <IconButton
          small
          label={t('rehearsal:zoomIn')}
          icon={<ZoomIn size={15} />}
          disabled={zoom >= mostZoom}
          onPress={() => setZoom(Math.min(mostZoom, zoom * NEARER))}
        />
        <IconButton
          small
          label={t('rehearsal:zoomOut')}
          icon={<ZoomOut size={15} />}
          disabled={zoom === 1}
          onPress={() => setZoom(Math.max(1, zoom / NEARER))}
        />
        <IconButton
          small
          label={t('rehearsal:wholeRun')}
          icon={<Maximize size={15} />}
          disabled={zoom === 1}
          onPress={() => setZoom(1)}
        />
        <RangeFields steps={steps} />
        <RangeChip />
        <span className="quiet sim-hint">{t('rehearsal:selectRange')}</span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className="sim-timeline" tabIndex={0} aria-label={t('simulation:timeline')}>
        <ul className="sim-lane-names" aria-hidden>
          {lanes.map((lane) => (
            <li key={lane}>{componentName(lane)}</li>
          ))}
        </ul>
        <div className="sim-lane-scroller" ref={scroller}>
          <Lanes steps={steps} lanes={lanes} passing={passing} zoom={zoom} at={at} onChoose={choose} />
        </div>
      </section>
    </div>
  );
}

interface LanesProps {
  readonly steps: readonly LogEntry[];
  readonly lanes: readonly string[];
  /** Seqs that the filters let through: the others are faint. */
  readonly passing: ReadonlySet<number>;
  readonly zoom: number;
  /** Index of the step that is shown. */
  readonly at: number;
  readonly onChoose: (from: number, to: number) => void;
}

function Lanes({ steps, lanes, passing, zoom, at, onChoose }: LanesProps) {
  const range = usePane(({ filter }) => filter.range);
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | undefined>();
  const most = Math.max(1, steps.length - 1);
  const place = (index: number): string => `${(index / most) * 100}%`;
  const shareOf = (event: React.PointerEvent): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return (event.clientX - left) / width;
  };
  const chosen =
    drag ?? (range && { from: Math.max(0, indexAt(steps, range[0])) / most, to: indexAt(steps, range[1]) / most });
  return (
    // The slider of the film keys and the fields of the range do the same by keyboard.
    <div
      className="sim-lanes"
      aria-hidden
      style={{ width: `${zoom * 100}%` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const share = shareOf(event);
        setDrag({ from: share, to: share });
      }}
      onPointerMove={(event) => drag && setDrag({ from: drag.from, to: shareOf(event) })}
      onPointerUp={(event) => {
        if (drag) onChoose(drag.from, shareOf(event));
        setDrag(undefined);
      }}
      onPointerCancel={() => setDrag(undefined)}
    >
      <Marks steps={steps} lanes={lanes} passing={passing} />
      <MarkNow steps={steps} lanes={lanes} at={at} />
      {chosen && (
        <span
          className="sim-range"
          style={{
            left: `${Math.min(chosen.from, chosen.to) * 100}%`,
            width: `${Math.abs(chosen.to - chosen.from) * 100}%`,
          }}
        />
      )}
      <span className="sim-now" style={{ left: place(at) }} />
    </div>
  );
}

interface MarksProps {
  readonly steps: readonly LogEntry[];
  readonly lanes: readonly string[];
  readonly passing: ReadonlySet<number>;
}

/**
 * The marks of all lanes, thousands of them: they stay as they are while the film goes from step to step. Those of one
 * look in a lane are one path: as elements of their own they made every picture of the page slow.
 */
const Marks = memo(function Marks({ steps, lanes, passing }: MarksProps) {
  const most = Math.max(1, steps.length - 1);
  const every = Math.max(1, Math.ceil(steps.length / MOST_MARKS));
  const paths = new Map(lanes.map((lane) => [lane, new Map<string, string>()]));
  for (let index = 0; index < steps.length; index += every) {
    const step = steps[index]!;
    const look = `sim-mark sim-class-${step.class}${passing.has(step.seq) ? '' : ' sim-mark-faint'}`;
    for (const lane of lanesOfStep(step)) {
      const looks = paths.get(lane);
      looks?.set(look, `${looks.get(look) ?? ''}M${index} 3.5v5`);
    }
  }
  return [...paths].map(([lane, looks]) => (
    <svg key={lane} className="sim-lane" viewBox={`0 0 ${most} 12`} preserveAspectRatio="none">
      {[...looks].map(([look, path]) => (
        <path key={look} className={look} d={path} />
      ))}
    </svg>
  ));
});

/** The mark of the step that is shown, over its lane. */
function MarkNow({
  steps,
  lanes,
  at,
}: {
  readonly steps: readonly LogEntry[];
  readonly lanes: readonly string[];
  readonly at: number;
}) {
  const step = steps[at];
  if (step === undefined) return null;
  const left = `${(at / Math.max(1, steps.length - 1)) * 100}%`;
  return lanesOfStep(step).map((lane) => {
    const row = lanes.indexOf(lane);
    return row < 0 ? null : (
      <i
        key={lane}
        className={`sim-mark-now sim-class-${step.class}`}
        style={{ left, top: `calc(${row} * var(--lane-step) + var(--mark-top))` }}
      />
    );
  });
}

/** A step is in the lane of who sends, and a watch also in that of who hears. */
function lanesOfStep({ from, to, class: kind }: LogEntry): readonly string[] {
  return kind === 'watch' && to !== from ? [from, to] : [from];
}

/** The range by number of step: what a drag does, for the keyboard. */
function RangeFields({ steps }: { readonly steps: readonly LogEntry[] }) {
  const t = useText();
  const range = usePane(({ filter }) => filter.range);
  const last = steps.length - 1;
  const [from, to] = range ? [indexAt(steps, range[0]), indexAt(steps, range[1])] : [0, last];
  const field = (label: string, value: number, change: (index: number) => readonly [number, number]) => (
    <input
      className="input sim-range-field"
      type="number"
      min={1}
      max={steps.length}
      aria-label={label}
      value={value + 1}
      onChange={(event) => {
        const index = Math.max(0, Math.min(last, Math.round(event.target.valueAsNumber) - 1));
        if (Number.isNaN(index)) return;
        const [first, end] = change(index);
        pane.setState(({ filter }) => ({ filter: { ...filter, range: [steps[first]!.seq, steps[end]!.seq] } }));
      }}
    />
  );
  return (
    <span className="sim-range-fields">
      {field(t('rehearsal:rangeFrom'), Math.max(0, from), (index) => [index, Math.max(index, to)])}–
      {field(t('rehearsal:rangeTo'), Math.max(0, to), (index) => [Math.min(from, index), index])}
    </span>
  );
}

function lanesOf(steps: readonly LogEntry[]): readonly string[] {
  const lanes = new Set<string>();
  for (const { from, to, class: kind } of steps) {
    lanes.add(from);
    if (kind === 'watch') lanes.add(to);
    if (lanes.size >= MOST_LANES) break;
  }
  return [...lanes];
}

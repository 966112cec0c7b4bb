import { componentName } from '../../workspace/simulation/caption.ts';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { indexAt } from './steps.ts';

const MOST_LANES = 24;
const MOST_MARKS = 4000;

/** A lane for each component; a mark where it sent something. Steps stand at equal distances: long waits take no room. */
export function Timeline({ steps }: { readonly steps: readonly LogEntry[] }) {
  const t = useText();
  const simulation = useSimulation();
  const seq = useSimulationState((state) => state.seq);
  if (steps.length === 0) return <p className="dock-empty">{t('simulation:noSteps')}</p>;
  const lanes = lanesOf(steps);
  const every = Math.max(1, Math.ceil(steps.length / MOST_MARKS));
  const at = indexAt(steps, seq);
  const place = (index: number): string => `${(index / Math.max(1, steps.length - 1)) * 100}%`;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys
    <section className="sim-timeline" tabIndex={0} aria-label={t('simulation:timeline')}>
      <ul className="sim-lane-names" aria-hidden>
        {lanes.map((lane) => (
          <li key={lane}>{componentName(lane)}</li>
        ))}
      </ul>
      {/* The slider of the film keys does the same by keyboard. */}
      <div
        className="sim-lanes"
        aria-hidden
        onPointerDown={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect();
          const share = Math.max(0, Math.min(1, (event.clientX - left) / width));
          simulation.goTo(steps[Math.round(share * (steps.length - 1))]!.seq);
        }}
      >
        {lanes.map((lane) => (
          <div key={lane} className="sim-lane">
            {steps.map(
              (step, index) =>
                (step.from === lane || (step.to === lane && step.class === 'watch')) &&
                index % every === 0 && (
                  <i
                    key={step.seq}
                    className={`sim-mark sim-class-${step.class}${step.seq === seq ? ' sim-mark-now' : ''}`}
                    style={{ left: place(index) }}
                  />
                ),
            )}
          </div>
        ))}
        <span className="sim-now" style={{ left: place(Math.max(0, at)) }} />
      </div>
    </section>
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

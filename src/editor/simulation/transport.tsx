import { memo } from 'react';
import { Choice } from '../../kit/choice.tsx';
import type { LogEntry } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { FilmKeys } from './film-keys.tsx';
import { MilestoneButtons, MilestoneMarks } from './milestone-bar.tsx';
import { useSimulation, useSimulationState } from './simulation-context.ts';
import { JUMP_MS, clock, indexAt } from './steps.ts';
import type { Milestones } from './use-milestones.ts';
import type { Playback } from './use-playback.ts';
import { SPEEDS } from './use-playback.ts';

/** The keys of a film: first, back, play, on, last, and where one is. */
export function Transport({
  steps,
  playback,
  milestones,
}: {
  readonly steps: readonly LogEntry[];
  readonly playback: Playback;
  readonly milestones: Milestones;
}) {
  const t = useText();
  const seq = useSimulationState(({ moment }) => moment?.seq ?? 0);
  const at = indexAt(steps, seq);
  const timeMs = useSimulationState(({ branches, branch }) => branches[branch]?.entries[seq - 1]?.timeMs);
  const waitedMs = at > 0 ? steps[at]!.timeMs - steps[at - 1]!.timeMs : 0;
  return (
    <div className="sim-transport">
      <FilmKeys playback={playback} isEmpty={steps.length === 0} />
      <MilestoneButtons
        next={milestones.next}
        settled={milestones.settled}
        toNext={milestones.toNext}
        toSettled={milestones.toSettled}
      />
      <output className="sim-clock">
        t = {clock(timeMs ?? 0)}
        {waitedMs >= JUMP_MS && <span className="sim-jump">{t('simulation:later', { time: clock(waitedMs) })}</span>}
      </output>
      <span className="sim-scrub-track">
        <MilestoneMarks milestones={milestones.all} steps={steps} />
        <Scrub steps={steps} pause={playback.pause} />
      </span>
      <span className="sim-count">{t('simulation:stepOf', { step: at + 1, count: steps.length })}</span>
      <SpeedChoice speed={playback.speed} onChange={playback.setSpeed} />
    </div>
  );
}

/** The slider of steps: it is where the hand left it, though the picture may still be on its way. */
function Scrub({ steps, pause }: { readonly steps: readonly LogEntry[]; readonly pause: () => void }) {
  const t = useText();
  const simulation = useSimulation();
  const at = useSimulationState(({ seq }) => indexAt(steps, seq));
  return (
    <input
      className="sim-scrub"
      type="range"
      min={0}
      max={Math.max(0, steps.length - 1)}
      value={Math.max(0, at)}
      disabled={steps.length === 0}
      aria-label={t('simulation:step')}
      aria-valuetext={t('simulation:stepOf', { step: at + 1, count: steps.length })}
      onChange={(event) => {
        pause();
        const target = steps[Number(event.target.value)];
        if (target !== undefined) simulation.goTo(target.seq);
      }}
    />
  );
}

const SpeedChoice = memo(function SpeedChoice({
  speed: chosen,
  onChange,
}: {
  readonly speed: number;
  readonly onChange: (speed: number) => void;
}) {
  const t = useText();
  return (
    <Choice
      label={t('simulation:speed')}
      labelHidden
      options={SPEEDS.map((speed) => ({ id: String(speed), label: `${speed}×` }))}
      value={String(chosen)}
      onChange={(id) => onChange(Number(id))}
    />
  );
});

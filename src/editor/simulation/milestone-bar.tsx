import { CheckCheck, Flag } from 'lucide-react';
import { memo } from 'react';
import { IconButton } from '../../kit/button.tsx';
import type { LogEntry, Milestone } from '../../workspace/simulation/simulation.ts';
import { useText } from '../i18n.ts';
import { milestoneText } from './milestone-text.ts';
import { indexAt } from './steps.ts';
import type { Milestones } from './use-milestones.ts';

/** To the next milestone, and to where all is settled. */
export const MilestoneButtons = memo(function MilestoneButtons({
  next,
  settled,
  toNext,
  toSettled,
}: Omit<Milestones, 'all' | 'toPrevious'>) {
  const t = useText();
  const named = (label: string, milestone: Milestone | undefined): string =>
    milestone === undefined ? label : `${label}: ${milestoneText(t, milestone)}`;
  return (
    <>
      <IconButton
        label={named(t('rehearsal:nextMilestone'), next)}
        hotkey="N"
        icon={<Flag size={16} />}
        disabled={next === undefined}
        onPress={toNext}
      />
      <IconButton
        label={t('rehearsal:toSettled')}
        hotkey="G"
        icon={<CheckCheck size={16} />}
        disabled={settled === undefined}
        onPress={toSettled}
      />
    </>
  );
});

/** Marks over the slider of steps that are nearer to each other than this are one, in shares of the whole. */
const NEAR = 1 / 64;
const BAD: ReadonlySet<string> = new Set([
  'unavailable',
  'stalled',
  'podNotReady',
  'podFailed',
  'podRestarted',
  'podUnschedulable',
  'nodeNotReady',
  'jobFailed',
  'fault',
  'refused',
]);

/** Marks over the slider of steps; the buttons go to the same by keyboard. */
export const MilestoneMarks = memo(function MilestoneMarks({
  milestones,
  steps,
}: {
  readonly milestones: readonly Milestone[];
  readonly steps: readonly LogEntry[];
}) {
  const t = useText();
  const most = Math.max(1, steps.length - 1);
  const marks: { readonly share: number; readonly milestone: Milestone }[] = [];
  for (const milestone of milestones) {
    const share = Math.max(0, indexAt(steps, milestone.seq)) / most;
    const before = marks.at(-1);
    const isBad = BAD.has(milestone.type);
    if (before === undefined || share - before.share > NEAR) marks.push({ share, milestone });
    else if (isBad && !BAD.has(before.milestone.type)) marks[marks.length - 1] = { share: before.share, milestone };
  }
  return (
    <span className="sim-marks" aria-hidden>
      {marks.map(({ share, milestone }) => (
        <i
          key={milestone.seq + milestone.type}
          className={BAD.has(milestone.type) ? 'sim-mark-bad' : ''}
          style={{ left: `${share * 100}%` }}
          title={milestoneText(t, milestone)}
        />
      ))}
    </span>
  );
});

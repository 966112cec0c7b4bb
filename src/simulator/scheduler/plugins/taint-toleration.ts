import type { JsonValue } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';
import {
  findUntoleratedTaint,
  keepsPodsOff,
  taintsOf,
  tolerationsOf,
  tolerationsTolerate,
} from '../../../apimachinery/taints.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { hint, isSamePod } from './event-hints.ts';
import { normalizedScores } from './normalized-scores.ts';

/** Source: pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go, 1.36. */
export const taintToleration: SchedulerPlugin = {
  name: 'TaintToleration',
  isLocal: true,
  events: [
    {
      event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeTaint },
      hint: ({ pod }, before, after) =>
        hint((before === undefined || isUntolerated(pod, taintsOf(before))) && !isUntolerated(pod, taintsOf(after))),
    },
    {
      event: { resource: 'Pod', actions: Action.UpdatePodToleration },
      hint: ({ pod }, _before, after) => hint(isSamePod(pod, after)),
    },
  ],
  filter({ pod }, { taints }) {
    return isUntolerated(pod, taints)
      ? { code: 'UnschedulableAndUnresolvable', reasons: ['node(s) had untolerated taint(s)'] }
      : undefined;
  },
  preScore({ pod }) {
    const tolerations = tolerationsOf(pod).filter((toleration) => {
      const effect = stringAt(toleration, 'effect') ?? '';
      return effect === '' || effect === 'PreferNoSchedule';
    });
    return { state: tolerations };
  },
  score(_pod, { taints }, state) {
    const tolerations = state as readonly JsonValue[];
    let count = 0;
    for (const taint of taints)
      if (stringAt(taint, 'effect') === 'PreferNoSchedule' && !tolerationsTolerate(tolerations, taint)) count++;
    return count;
  },
  normalize: (scores) => normalizedScores(scores, true),
};

function isUntolerated(pod: unknown, taints: readonly JsonValue[]): boolean {
  return taints.length > 0 && findUntoleratedTaint(taints, tolerationsOf(pod), keepsPodsOff) !== undefined;
}

import {
  findUntoleratedTaint,
  keepsPodsOff,
  taintsOf,
  tolerationsOf,
  tolerationsTolerate,
} from '../../../apimachinery/taints.ts';
import { stringAt } from '../../../base/json.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { normalizedScores } from './normalized-scores.ts';

/** Source: pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go, 1.36. */
export const taintToleration: SchedulerPlugin = {
  name: 'TaintToleration',
  filter({ pod }, { node }) {
    const taint = findUntoleratedTaint(taintsOf(node), tolerationsOf(pod), keepsPodsOff);
    return taint === undefined
      ? undefined
      : { code: 'UnschedulableAndUnresolvable', reasons: ['node(s) had untolerated taint(s)'] };
  },
  score({ pod }, { node }) {
    const tolerations = tolerationsOf(pod).filter((toleration) => {
      const effect = stringAt(toleration, 'effect') ?? '';
      return effect === '' || effect === 'PreferNoSchedule';
    });
    return taintsOf(node).filter(
      (taint) => stringAt(taint, 'effect') === 'PreferNoSchedule' && !tolerationsTolerate(tolerations, taint),
    ).length;
  },
  normalize: (scores) => normalizedScores(scores, true),
};

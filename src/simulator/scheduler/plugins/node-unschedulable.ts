import { tolerationsOf, tolerationsTolerate } from '../../../apimachinery/taints.ts';
import { valueAt } from '../../../base/json.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { hint, isSamePod } from './event-hints.ts';

const UNSCHEDULABLE_TAINT = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

/** Source: pkg/scheduler/framework/plugins/nodeunschedulable/node_unschedulable.go, 1.36. */
export const nodeUnschedulable: SchedulerPlugin = {
  name: 'NodeUnschedulable',
  isLocal: true,
  events: [
    {
      event: { resource: 'Node', actions: Action.Add | Action.UpdateNodeTaint },
      hint: (_pod, before, after) => hint((before === undefined || isCordoned(before)) && !isCordoned(after)),
    },
    {
      event: { resource: 'Pod', actions: Action.UpdatePodToleration },
      hint: ({ pod }, _before, after) => hint(isSamePod(pod, after) && toleratesCordon(after)),
    },
  ],
  filter({ pod }, { isUnschedulable }) {
    return isUnschedulable && !toleratesCordon(pod)
      ? { code: 'UnschedulableAndUnresolvable', reasons: ['node(s) were unschedulable'] }
      : undefined;
  },
};

function isCordoned(node: unknown): boolean {
  return valueAt(node, 'spec', 'unschedulable') === true;
}

function toleratesCordon(pod: unknown): boolean {
  return tolerationsTolerate(tolerationsOf(pod), UNSCHEDULABLE_TAINT);
}

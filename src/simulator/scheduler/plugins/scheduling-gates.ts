import { arrayAt, stringAt } from '../../../base/json.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';
import { hint, isSamePod } from './event-hints.ts';

/** Source: pkg/scheduler/framework/plugins/schedulinggates/scheduling_gates.go, 1.36. */
export const schedulingGates: SchedulerPlugin = {
  name: 'SchedulingGates',
  preEnqueue({ pod }) {
    const gates = arrayAt(pod, 'spec', 'schedulingGates').map((gate) => stringAt(gate, 'name') ?? '');
    if (gates.length === 0) return undefined;
    return {
      code: 'UnschedulableAndUnresolvable',
      reasons: [`waiting for scheduling gates: [${gates.join(' ')}]`],
    };
  },
  events: [
    {
      event: { resource: 'Pod', actions: Action.UpdatePodSchedulingGatesEliminated },
      hint: ({ pod }, _before, after) => hint(isSamePod(pod, after)),
    },
  ],
};

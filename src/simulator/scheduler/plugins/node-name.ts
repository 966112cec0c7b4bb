import { nameAt } from '../../../base/json.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';

/** Source: pkg/scheduler/framework/plugins/nodename/node_name.go, 1.36. */
export const nodeName: SchedulerPlugin = {
  name: 'NodeName',
  events: [{ event: { resource: 'Node', actions: Action.Add } }],
  filter({ pod }, { name }) {
    const wanted = nameAt(pod, 'spec', 'nodeName');
    return wanted === undefined || wanted === name
      ? undefined
      : { code: 'UnschedulableAndUnresolvable', reasons: ["node(s) didn't match the requested node name"] };
  },
};

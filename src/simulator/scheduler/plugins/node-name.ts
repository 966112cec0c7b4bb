import { nameAt } from '../../../base/json.ts';
import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin } from '../plugin.ts';

/** Source: pkg/scheduler/framework/plugins/nodename/node_name.go, 1.36. */
export const nodeName: SchedulerPlugin<string> = {
  name: 'NodeName',
  isLocal: true,
  events: [{ event: { resource: 'Node', actions: Action.Add } }],
  preFilter({ pod }) {
    const wanted = nameAt(pod, 'spec', 'nodeName');
    return wanted === undefined ? { skip: true } : { state: wanted };
  },
  filter(_pod, { name }, wanted) {
    return wanted === name
      ? undefined
      : { code: 'UnschedulableAndUnresolvable', reasons: ["node(s) didn't match the requested node name"] };
  },
};

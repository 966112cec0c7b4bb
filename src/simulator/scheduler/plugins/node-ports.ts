import { Action } from '../cluster-event.ts';
import type { SchedulerPlugin, Verdict } from '../plugin.ts';
import type { HostPort, PodInfo } from '../pod-info.ts';
import { podInfoOf } from '../pod-info.ts';
import { hint, isPlaced } from './event-hints.ts';

const TAKEN: Verdict = Object.freeze({
  code: 'Unschedulable',
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
});

/** Source: pkg/scheduler/framework/plugins/nodeports/node_ports.go, 1.36. */
export const nodePorts: SchedulerPlugin = {
  name: 'NodePorts',
  isLocal: true,
  events: [
    {
      event: { resource: 'Pod', actions: Action.Delete },
      hint: ({ hostPorts }, before) =>
        hint(before !== undefined && isPlaced(before) && conflict(hostPorts, podInfoOf(before).hostPorts)),
    },
    { event: { resource: 'Node', actions: Action.Add } },
  ],
  preFilter: ({ hostPorts }) => (hostPorts.length === 0 ? { skip: true } : { state: undefined }),
  filter: ({ hostPorts }, { podsWithPorts }) => (hasFreePorts(hostPorts, podsWithPorts) ? undefined : TAKEN),
};

/** Whether no Pod on a Node holds a port that is wanted. */
export function hasFreePorts(wanted: readonly HostPort[], pods: readonly PodInfo[]): boolean {
  return !pods.some((pod) => conflict(wanted, pod.hostPorts));
}

const EVERY_IP = '0.0.0.0';

/** Source: staging/src/k8s.io/kube-scheduler/framework/types.go `HostPortInfo.CheckConflict`, 1.36. */
function conflict(wanted: readonly HostPort[], used: readonly HostPort[]): boolean {
  return wanted.some((a) =>
    used.some(
      (b) =>
        a.port === b.port && a.protocol === b.protocol && (a.ip === EVERY_IP || b.ip === EVERY_IP || a.ip === b.ip),
    ),
  );
}

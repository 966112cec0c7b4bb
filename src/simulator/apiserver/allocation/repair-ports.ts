import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { tryEvent } from '../../client/event-recorder.ts';
import { etcdOf } from '../storage.ts';
import { loopbackClient } from '../loopback.ts';
import type { Server } from '../state.ts';
import { clusterViewOf } from '../cluster-view.ts';
import type { PortRange } from './port-pool.ts';
import { NODE_PORTS, formatPortRange } from './port-pool.ts';
import { NODE_PORTS_KEY, rangeAllocation } from './port-storage.ts';

/** Name of the timer with which the Node ports that are held are compared with those of Services. */
export const PORT_REPAIR = 'port-repair';
/** Source: pkg/controlplane/instance.go `repairLoopInterval`, 1.36. */
const REPAIR_MS = 3 * 60_000;
/** How often a port has to be held by nobody before it is given back. Source: repair.go `numRepairsBeforeLeakCleanup`, 1.36. */
const REPAIRS_BEFORE_CLEANUP = 3;
const SERVICE = { group: '', kind: 'Service' };

/** What is wrong with a port of a Service. */
interface PortProblem {
  readonly service: KubernetesObject;
  readonly reason: 'PortNotAllocated' | 'PortAlreadyAllocated' | 'PortOutOfRange';
  readonly message: string;
}

export interface PortRepair {
  /** Ports that are to be held, in order. */
  readonly ports: readonly number[];
  /** How many repairs more a port stays held that no Service has. */
  readonly leaks: ReadonlyMap<number, number>;
  readonly problems: readonly PortProblem[];
}

/**
 * The Node ports of a Service: those of one number and protocol as often as they are there, and the one with which load
 * balancers ask. Source: pkg/registry/core/service/portallocator/controller/repair.go `collectServiceNodePorts`, 1.36.
 */
export function collectedPorts(service: KubernetesObject): readonly number[] {
  const seen = new Map<number, Set<string>>();
  const collected: number[] = [];
  for (const port of arrayAt(service, 'spec', 'ports')) {
    const number = numberAt(port, 'nodePort') ?? 0;
    if (number === 0) continue;
    const protocol = stringAt(port, 'protocol') ?? '';
    const protocols = seen.get(number);
    if (protocols === undefined || protocols.has(protocol)) collected.push(number);
    seen.set(number, new Set([...(protocols ?? []), protocol]));
  }
  const health = numberAt(service, 'spec', 'healthCheckNodePort') ?? 0;
  const ofHealth = seen.get(health);
  if (health !== 0 && (ofHealth === undefined || ofHealth.has('TCP'))) collected.push(health);
  return collected;
}

/** Which Node ports are to be held, going by the Services, and what is wrong. Source: repair.go `doRunOnce`, 1.36. */
export function repairedPorts(
  range: PortRange,
  held: Iterable<number>,
  services: readonly KubernetesObject[],
  before: ReadonlyMap<number, number>,
): PortRepair {
  const stored = new Set(held);
  const rebuilt = new Set<number>();
  const leaks = new Map(before);
  const problems: PortProblem[] = [];
  for (const service of services)
    for (const port of collectedPorts(service)) {
      const told = (reason: PortProblem['reason'], message: string): void =>
        void problems.push({ service, reason, message });
      if (port < range.base || port >= range.base + range.size)
        told(
          'PortOutOfRange',
          `Port ${port} is not within the port range ${formatPortRange(range)}; please recreate service`,
        );
      else if (rebuilt.has(port))
        told('PortAlreadyAllocated', `Port ${port} was assigned to multiple services; please recreate service`);
      else {
        rebuilt.add(port);
        if (!stored.delete(port)) told('PortNotAllocated', `Port ${port} is not allocated; repairing`);
        leaks.delete(port);
      }
    }
  for (const port of stored) {
    const count = leaks.get(port) ?? REPAIRS_BEFORE_CLEANUP - 1;
    if (count <= 0) continue;
    leaks.set(port, count - 1);
    rebuilt.add(port);
  }
  return { ports: [...rebuilt].sort((a, b) => a - b), leaks, problems };
}

/** Compares and mends, now and again every three minutes; etcd is written only where something changes. */
export function repairPorts(server: Server): void {
  const { state, context } = server;
  context.timer(REPAIR_MS, PORT_REPAIR, undefined, { periodic: true });
  const { ports: held, revision } = state.heldPorts;
  const { ports, leaks, problems } = repairedPorts(
    NODE_PORTS,
    held,
    clusterViewOf(server).list(SERVICE, ''),
    state.portLeaks,
  );
  state.portLeaks = leaks;
  const client = loopbackClient(server);
  for (const { service, reason, message } of problems)
    tryEvent(state.portRecorder, client, { about: service, type: 'Warning', reason, message }, context);
  const now = new Set(held);
  if (ports.length === now.size && ports.every((port) => now.has(port))) return;
  const value = rangeAllocation(ports);
  // Nobody waits for the answer: what etcd holds then comes with its watch, and the next repair goes by that.
  context.send(
    etcdOf(state),
    { type: 'etcd-txn', id: context.next('etcd'), key: NODE_PORTS_KEY, value, expectedRevision: revision },
    {
      class: 'request',
      verb: 'Txn',
      body: value,
      detail: { key: NODE_PORTS_KEY, compare: `mod_revision == ${revision}`, op: 'put' },
    },
  );
}

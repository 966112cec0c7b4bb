import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { stringAt } from '../../../base/json.ts';
import type { EtcdResult } from '../../messages.ts';
import type { Pending, Server } from '../state.ts';
import { sendTxn } from '../storage.ts';
import { NODE_PORTS, formatPortRange, portsOfData, portsToData } from './port-pool.ts';

/** Where etcd keeps which Node ports are held. Source: pkg/controlplane/instance.go and allocator/storage/storage.go, 1.36. */
export const NODE_PORTS_KEY = '/registry/ranges/servicenodeports';

/** What the server knows of it. Never changes. */
export interface HeldPorts {
  readonly ports: readonly number[];
  /** 0 where nothing is stored. */
  readonly revision: number;
}

/** Ports that an object takes before it is written, and those that go back when it is. */
export interface PortChange {
  readonly take: readonly number[];
  readonly give: readonly number[];
}

/** The object that stands in etcd. */
export function rangeAllocation(ports: Iterable<number>): KubernetesObject {
  return Object.freeze({
    apiVersion: 'v1',
    kind: 'RangeAllocation',
    metadata: {},
    range: formatPortRange(NODE_PORTS),
    data: portsToData(NODE_PORTS, ports),
  });
}

/** What etcd has told of the Node ports. */
export function heldPorts(value: KubernetesObject | undefined, revision: number): HeldPorts {
  if (value === undefined) return Object.freeze({ ports: [], revision: 0 });
  return Object.freeze({ ports: portsOfData(NODE_PORTS, stringAt(value, 'data') ?? ''), revision });
}

/** Writes which ports are held; the answer finds its way by `pending.ports`. */
export function writePorts(server: Server, pending: Pending, change: PortChange): void {
  const { ports, revision } = server.state.heldPorts;
  const gone = new Set(change.give);
  const value = rangeAllocation([...ports.filter((port) => !gone.has(port)), ...change.take]);
  const write = { key: NODE_PORTS_KEY, value, expectedRevision: revision, code: 200, warnings: [] } as const;
  sendTxn(server, { ...pending, ports: change }, write);
}

/** etcd has answered: true where it is written; where another was quicker, the server knows now what is held. */
export function portsWritten({ state }: Server, change: PortChange, result: EtcdResult): boolean {
  if (!result.succeeded) {
    const found = result.found[0];
    state.heldPorts = heldPorts(found?.value, found?.modRevision ?? 0);
    return false;
  }
  const gone = new Set(change.give);
  const ports = [...state.heldPorts.ports.filter((port) => !gone.has(port)), ...change.take];
  if (result.revision > state.heldPorts.revision) state.heldPorts = Object.freeze({ ports, revision: result.revision });
  return true;
}

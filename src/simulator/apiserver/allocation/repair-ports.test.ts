import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { NODE_PORTS_KEY } from './port-storage.ts';
import { collectedPorts, repairedPorts } from './repair-ports.ts';
import type { ApiServerState } from '../state.ts';

beforeAll(preloadKinds);

const upstream = {
  area: 'kube-apiserver',
  file: 'pkg/registry/core/service/portallocator/controller/repair_test.go',
  release: '1.36.2',
} as const;
const RANGE = { base: 100, size: 101 };

function service(name: string, ports: readonly JsonObject[], more: JsonObject = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace: name, name }, spec: { ports, ...more } };
}
const of = (nodePort: number, protocol = 'TCP'): JsonObject => ({ nodePort, protocol });

describe('the repair of Node ports', () => {
  upstreamEach(upstream)([['TestRepairLeak'] as const])('%s', () => {
    let leaks: ReadonlyMap<number, number> = new Map();
    const held = [111];
    const after: (readonly number[])[] = [];
    for (let round = 0; round < 3; round++) {
      const repaired = repairedPorts(RANGE, held, [], leaks);
      leaks = repaired.leaks;
      after.push(repaired.ports);
      expect(repaired.problems).toEqual([]);
    }
    expect(after).toEqual([[111], [111], []]);
  });

  upstreamEach(upstream)([['TestRepairWithExisting'] as const])('%s', () => {
    const services = [
      service('one', [{ nodePort: 111 }]),
      service('two', [{ nodePort: 122 }, { nodePort: 133 }]),
      service('three', [{ nodePort: 201 }]),
      service('four', [{}]),
      service('five', [{ nodePort: 111 }]),
      service('six', [], { healthCheckNodePort: 144 }),
    ];
    const { ports, problems } = repairedPorts(RANGE, [], services, new Map());
    expect(ports).toEqual([111, 122, 133, 144]);
    expect(problems.map(({ message }) => message)).toEqual([
      'Port 111 is not allocated; repairing',
      'Port 122 is not allocated; repairing',
      'Port 133 is not allocated; repairing',
      'Port 201 is not within the port range 100-200; please recreate service',
      'Port 111 was assigned to multiple services; please recreate service',
      'Port 144 is not allocated; repairing',
    ]);
  });

  upstreamEach(
    upstream,
    'TestCollectServiceNodePorts',
  )([
    ['no duplicated nodePorts', [of(111), of(112, 'UDP'), of(113, 'UDP')], 0, [111, 112, 113]],
    ['duplicated nodePort with TCP protocol', [of(111), of(111), of(112, 'UDP')], 0, [111, 111, 112]],
    ['duplicated nodePort with UDP protocol', [of(111, 'UDP'), of(111, 'UDP'), of(112)], 0, [111, 111, 112]],
    ['duplicated nodePort with different protocol', [of(111), of(112), of(111, 'UDP')], 0, [111, 112]],
    ['no duplicated port(with health check port)', [of(111), of(112, 'UDP')], 113, [111, 112, 113]],
    ['nodePort has different protocol with duplicated health check port', [of(111, 'UDP'), of(112)], 111, [111, 112]],
    ['nodePort has same protocol as duplicated health check port', [of(111), of(112)], 112, [111, 112, 112]],
  ] as const)('%s', (_name, ports, health, expected) => {
    const collected = collectedPorts(service('one', ports, health === 0 ? {} : { healthCheckNodePort: health }));
    expect([...collected].sort((a, b) => a - b)).toEqual(expected);
  });

  upstreamLeftOut(upstream, {
    TestRepair: 'how errors of the registry are handed on: etcd is written by a message here',
  });

  it('holds again what was lost, tells so, and gives back what nobody has', () => {
    const cluster = Cluster.create({ seed: 4, kinds });
    cluster.runUntil(5000);
    cluster.request({
      verb: 'create',
      resource: { group: '', version: 'v1', plural: 'services' },
      namespace: 'default',
      body: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'web' },
        spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 30_080 }], selector: { app: 'web' } },
      },
    });
    cluster.runUntil(10_000);
    const held = () => (cluster.stateOf('kube-apiserver-0') as ApiServerState).heldPorts.ports;
    expect(held()).toEqual([30_080]);
    // Somebody has written past the API server.
    const state = cluster.stateOf('kube-apiserver-0') as ApiServerState;
    state.heldPorts = { ports: [30_999], revision: state.heldPorts.revision };
    cluster.runUntil(200_000);
    expect([...held()].sort()).toEqual([30_080, 30_999]);
    const events = cluster.objects().filter((object) => stringAt(object, 'reason') === 'PortNotAllocated');
    expect(events.map((event) => stringAt(event, 'message'))).toEqual(['Port 30080 is not allocated; repairing']);
    const writes = (): number =>
      cluster.trace.after(0).filter(({ verb, detail }) => verb === 'Txn' && detail?.['key'] === NODE_PORTS_KEY).length;
    const before = writes();
    cluster.runUntil(1_000_000);
    expect(held()).toEqual([30_080]);
    expect(writes()).toBe(before + 1);
  });
});

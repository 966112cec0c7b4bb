import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { etcdMachines, controlPlaneMachines, nodeManifest, topologyOf } from './topology.ts';

const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';
const ETCD = 'node-role.kubernetes.io/etcd';

const server = (name: string): KubernetesObject => nodeManifest(name, { [CONTROL_PLANE]: '' }, []);
const both = (name: string): KubernetesObject => nodeManifest(name, { [CONTROL_PLANE]: '', [ETCD]: 'true' }, []);
const worker = (name: string): KubernetesObject => nodeManifest(name, {}, []);

describe('drawn Nodes of the control plane', () => {
  it.each([
    ['one', [server('a'), worker('w')], { apiServers: undefined, etcd: undefined, servers: ['a'], members: [] }],
    [
      'three share it, with etcd on each',
      [server('a'), server('b'), server('c'), worker('w')],
      { apiServers: 3, etcd: 'stacked', servers: ['a', 'b', 'c'], members: ['a', 'b', 'c'] },
    ],
    [
      'three with the role of etcd have it beside the API servers, as RKE2 marks them',
      [both('a'), both('b'), both('c')],
      { apiServers: 3, etcd: 'stacked', servers: ['a', 'b', 'c'], members: ['a', 'b', 'c'] },
    ],
    [
      'etcd has Nodes of its own',
      [server('a'), both('e1'), server('b'), both('e2'), both('e3')],
      { apiServers: 2, etcd: 'external', servers: ['a', 'b'], members: ['e1', 'e2', 'e3'] },
    ],
    [
      'none: one beside the workers',
      [worker('w')],
      { apiServers: undefined, etcd: undefined, servers: ['control-plane'], members: [] },
    ],
  ] as const)('%s', (_name, nodes, { apiServers, etcd, servers, members }) => {
    const topology = topologyOf(nodes);
    expect({ apiServers: topology.apiServers, etcd: topology.etcd }).toEqual({ apiServers, etcd });
    expect(controlPlaneMachines(topology)).toEqual(servers);
    expect(etcdMachines(topology)).toEqual(members);
  });
});

import { describe, expect, it } from 'vitest';
import { open } from '../workspace/testing/driver.ts';
import { COMMANDS } from './commands/index.ts';
import { EMPTY_DESIGN } from './design.ts';
import type { Design, Placement, PlacementKey } from './design.ts';
import { CLUSTER_PARTS, drawnData } from './drawn.ts';
import { falseWire, wireRefusal } from './wires.ts';

type End = Parameters<typeof wireRefusal>[0];
const ENDS: readonly End[] = [...CLUSTER_PARTS, 'user', 'node'];

describe('arrows between parts of a cluster', () => {
  it.each<[End, End, string, string | undefined]>([
    ['kubelet', 'etcd', 'wire.onlyApiServerStores', 'X33'],
    ['kube-scheduler', 'etcd', 'wire.onlyApiServerStores', 'X17'],
    ['kube-controller-manager', 'etcd', 'wire.onlyApiServerStores', 'X17'],
    ['user', 'etcd', 'wire.onlyApiServerStores', 'X17'],
    ['user', 'node', 'wire.usersAskApiServer', undefined],
    ['user', 'kubelet', 'wire.usersAskApiServer', undefined],
    ['kubectl', 'kubelet', 'wire.usersAskApiServer', undefined],
    ['kube-scheduler', 'kubelet', 'wire.schedulerOnlyBinds', 'X52'],
    ['kube-scheduler', 'node', 'wire.schedulerOnlyBinds', 'X52'],
    ['kubelet', 'kube-scheduler', 'wire.throughApiServer', 'X17'],
    ['kube-controller-manager', 'kubelet', 'wire.throughApiServer', 'X17'],
    ['kube-apiserver', 'kube-scheduler', 'wire.watcherOpens', 'X51'],
    ['kube-apiserver', 'containerd', 'wire.kubeletRuns', undefined],
    ['containerd', 'kube-apiserver', 'wire.kubeletReports', undefined],
    ['etcd', 'kube-apiserver', 'wire.etcdAnswers', 'X18'],
  ])('%s → %s is false: %s', (from, to, refused, correction) => {
    expect(wireRefusal(from, to)).toMatchObject({ refused, ...(correction !== undefined && { correction }) });
  });

  it('allows those that a cluster has, and no others', () => {
    const allowed = ENDS.flatMap((from) =>
      ENDS.filter((to) => wireRefusal(from, to) === undefined).map((to) => `${from} → ${to}`),
    );
    expect(allowed).toEqual([
      'kubectl → kube-apiserver',
      'kube-apiserver → kube-apiserver',
      'kube-apiserver → etcd',
      'kube-apiserver → kubelet',
      'kube-apiserver → node',
      'etcd → etcd',
      'kube-scheduler → kube-apiserver',
      'kube-controller-manager → kube-apiserver',
      'kubelet → kube-apiserver',
      'kubelet → containerd',
      'kube-proxy → kube-apiserver',
      'user → kubectl',
      'user → kube-apiserver',
      'user → user',
      'node → kube-apiserver',
      'node → kubelet',
      'node → kube-proxy',
      'node → containerd',
      'node → node',
    ]);
  });
});

it('knows the parts of a picture: what is drawn, cards of the control plane, Nodes of the design and of the picture', () => {
  const placements = new Map<PlacementKey, Placement>([
    ['actor:a', { x: 0, y: 0, drawn: drawnData({ type: 'actor', what: 'kubelet', text: '' }) }],
    ['actor:b', { x: 0, y: 0, drawn: drawnData({ type: 'actor', what: 'user', text: '' }) }],
    ['actor:c', { x: 0, y: 0, drawn: drawnData({ type: 'actor', what: 'saas', text: '' }) }],
  ]);
  const design: Design = { ...EMPTY_DESIGN, placements: { ...EMPTY_DESIGN.placements, cluster: placements } };
  const refused = (from: string, to: string) => falseWire(design, 'cluster', from, to)?.refused;
  expect(refused('actor:a', 'component:etcd@cp-1')).toBe('wire.onlyApiServerStores');
  expect(refused('component:kube-scheduler@cp-1', 'actor:a')).toBe('wire.schedulerOnlyBinds');
  expect(refused('actor:a', 'component:kube-apiserver@cp-1')).toBeUndefined();
  expect(refused('actor:b', 'node:w1')).toBe('wire.usersAskApiServer');
  // What is outside of the cluster, and what is drawn in the other picture, is nobody's business.
  expect(refused('actor:c', 'node:w1')).toBeUndefined();
  expect(falseWire(design, 'application', 'actor:a', 'component:etcd@cp-1')).toBeUndefined();
});

it('knows a Node of the design by its card', async () => {
  const driver = await open('apiVersion: v1\nkind: Node\nmetadata: {name: w1}\n');
  const user = { x: 0, y: 0, drawn: drawnData({ type: 'actor', what: 'user', text: '' }) };
  const placements = new Map<PlacementKey, Placement>([['actor:b', user]]);
  driver.run(COMMANDS.movePlacements, { picture: 'application', placements });
  const { design } = driver;
  expect(falseWire(design, 'application', 'actor:b', driver.id('Node/w1'))?.refused).toBe('wire.usersAskApiServer');
});

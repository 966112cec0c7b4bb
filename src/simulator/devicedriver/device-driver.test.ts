import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import { Cluster } from '../cluster.ts';
import { kinds, preloadKinds } from '../testing/built-in-kinds.ts';
import { defaultTopology, nodeManifest } from '../topology.ts';

beforeAll(preloadKinds);

const GPU = 'gpu.example.com';
const metadata = (name: string) => ({ name, namespace: 'default' });

function begun(): Cluster {
  const { nodes } = defaultTopology(1);
  const topology = {
    nodes: [...nodes, nodeManifest('g1', { gpu: 'yes' }, []), nodeManifest('g2', { gpu: 'yes' }, [])],
  };
  const devices = [{ name: 'gpu-0', attributes: { model: { string: 'a' } } }];
  const cluster = Cluster.create({
    seed: 4,
    kinds,
    topology,
    deviceDrivers: [{ name: GPU, nodes: { gpu: 'yes' }, devices }],
  });
  cluster.runUntil(30_000);
  return cluster;
}

const deviceClass = {
  apiVersion: 'resource.k8s.io/v1',
  kind: 'DeviceClass',
  metadata: { name: 'gpu' },
  spec: { selectors: [{ cel: { expression: `device.driver == "${GPU}"` } }] },
};

const claim = {
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: metadata('one'),
  spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu' } }] } },
};

function pod(name: string, more: Readonly<Record<string, string>> = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata(name),
    spec: {
      containers: [{ name: 'app', image: 'app:1', resources: { claims: [{ name: 'gpu' }] } }],
      resourceClaims: [{ name: 'gpu', resourceClaimName: 'one' }],
      nodeSelector: more,
    },
  };
}

const find = (cluster: Cluster, kind: string, name: string): KubernetesObject | undefined =>
  cluster.objects().find((object) => object.kind === kind && nameOf(object) === name);
const slices = (cluster: Cluster): readonly string[] =>
  cluster
    .objects()
    .filter(({ kind }) => kind === 'ResourceSlice')
    .map((slice) => nameAt(slice, 'spec', 'nodeName') ?? '')
    .sort();

describe('a driver of devices', () => {
  it('publishes what the Nodes have, again where it was deleted, and no more when the Node is gone', () => {
    const cluster = begun();
    expect(slices(cluster)).toEqual(['g1', 'g2']);
    cluster.kubectl('delete resourceslices --all');
    cluster.runUntil(40_000);
    expect(slices(cluster)).toEqual(['g1', 'g2']);
    cluster.kubectl('delete node g2');
    cluster.runUntil(100_000);
    expect(slices(cluster)).not.toContain('g2');
  });

  it('gives a Pod its device, and a claim that nobody uses any more another one where the next Pod needs that', () => {
    const cluster = begun();
    cluster.kubectl('apply -f a.yaml', {
      'a.yaml': [deviceClass, claim, pod('first', { 'kubernetes.io/hostname': 'g1' })],
    });
    cluster.runUntil(50_000);
    expect(stringAt(find(cluster, 'Pod', 'first'), 'spec', 'nodeName')).toBe('g1');
    const poolOf = (): string =>
      JSON.stringify(objectAt(find(cluster, 'ResourceClaim', 'one'), 'status', 'allocation'));
    expect(poolOf()).toContain('"pool":"g1"');
    // While the claim keeps its device of g1, a Pod for g2 has to wait for it to be given back.
    cluster.kubectl('delete pod first --grace-period=0 --force');
    cluster.kubectl('apply -f b.yaml', { 'b.yaml': [pod('second', { 'kubernetes.io/hostname': 'g2' })] });
    cluster.runUntil(150_000);
    expect(stringAt(find(cluster, 'Pod', 'second'), 'spec', 'nodeName')).toBe('g2');
    expect(poolOf()).toContain('"pool":"g2"');
  });
});

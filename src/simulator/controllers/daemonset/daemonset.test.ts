import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { DAEMON_SETS } from '../resources.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

function deployed(spec: object = {}): Cluster {
  const cluster = Cluster.create({
    seed: 1,
    kinds,
  });
  cluster.runUntil(2000);
  cluster.request({
    verb: 'create',
    resource: DAEMON_SETS,
    namespace: 'default',
    body: {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'c', image: 'agent:1' }] } },
        ...spec,
      },
    },
  });
  cluster.runUntil(10_000);
  return cluster;
}

function find(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

function change(cluster: Cluster, spec: object): void {
  cluster.request({
    verb: 'patch',
    resource: DAEMON_SETS,
    namespace: 'default',
    name: 'agent',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'apps/v1', kind: 'DaemonSet', spec } as KubernetesObject,
  });
  cluster.runUntil(cluster.nowMs + 60_000);
}

const images = (cluster: Cluster): readonly (string | undefined)[] =>
  find(cluster, 'Pod').map((pod) => stringAt(arrayAt(pod, 'spec', 'containers')[0], 'image'));

const NEW_IMAGE = { template: { spec: { containers: [{ name: 'c', image: 'agent:2' }] } } };

describe('a DaemonSet', () => {
  it('has one Pod on each Node that takes it', () => {
    const cluster = deployed();
    expect(
      find(cluster, 'Pod')
        .map((pod) => stringAt(pod, 'spec', 'nodeName'))
        .sort(),
    ).toEqual(['w1', 'w2', 'w3']);
    expect(find(cluster, 'DaemonSet')[0]!['status']).toMatchObject({
      currentNumberScheduled: 3,
      desiredNumberScheduled: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      numberAvailable: 3,
      updatedNumberScheduled: 3,
      observedGeneration: 1,
    });
    expect(find(cluster, 'ControllerRevision').map((revision) => numberAt(revision, 'revision'))).toEqual([1]);
  });

  it('runs on a Node with a taint that it tolerates', () => {
    const tolerations = [{ operator: 'Exists' }];
    const spec = { tolerations, containers: [{ name: 'c', image: 'agent:1' }] };
    const cluster = deployed({ template: { metadata: { labels: { app: 'agent' } }, spec } });
    expect(find(cluster, 'Pod')).toHaveLength(4);
  });

  it('rolls a new template out Node by Node', () => {
    const cluster = deployed();
    change(cluster, NEW_IMAGE);
    expect(images(cluster)).toEqual(['agent:2', 'agent:2', 'agent:2']);
    expect(find(cluster, 'ControllerRevision')).toHaveLength(2);
  });

  it('leaves old Pods alone where they are replaced on deletion', () => {
    const cluster = deployed({ updateStrategy: { type: 'OnDelete' } });
    change(cluster, NEW_IMAGE);
    expect(images(cluster)).toEqual(['agent:1', 'agent:1', 'agent:1']);
    expect(numberAt(find(cluster, 'DaemonSet')[0], 'status', 'updatedNumberScheduled') ?? 0).toBe(0);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { arrayAt, stringAt } from '../../../base/json.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';

beforeAll(preloadKinds);

const REPLICA_SETS = { group: 'apps', version: 'v1', plural: 'replicasets' };
const NAMESPACES = { group: '', version: 'v1', plural: 'namespaces' };

function withReplicaSet(namespace = 'default'): Cluster {
  const cluster = Cluster.create({ seed: 5, kinds });
  cluster.runUntil(2000);
  if (namespace !== 'default')
    cluster.request({
      verb: 'create',
      resource: NAMESPACES,
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    });
  cluster.runUntil(4000);
  cluster.request({
    verb: 'create',
    resource: REPLICA_SETS,
    namespace,
    body: {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'web', namespace },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
      },
    },
  });
  cluster.runUntil(30_000);
  return cluster;
}

function count(cluster: Cluster, kind: string, namespace = 'default'): number {
  return cluster
    .objects()
    .filter((object) => object.kind === kind && stringAt(object, 'metadata', 'namespace') === namespace).length;
}

const remove = (propagationPolicy?: 'Foreground' | 'Background' | 'Orphan'): ApiCall => ({
  verb: 'delete',
  resource: REPLICA_SETS,
  namespace: 'default',
  name: 'web',
  ...(propagationPolicy === undefined ? {} : { options: { propagationPolicy } }),
});

describe('what becomes of dependents', () => {
  it('go after their owner, in the background', () => {
    const cluster = withReplicaSet();
    expect(count(cluster, 'Pod')).toBe(2);
    cluster.request(remove('Background'));
    cluster.runUntil(31_000);
    expect(count(cluster, 'ReplicaSet')).toBe(0);
    cluster.runUntil(90_000);
    expect(count(cluster, 'Pod')).toBe(0);
  });

  it('go before their owner, in the foreground', () => {
    const cluster = withReplicaSet();
    const asked = cluster.request(remove('Foreground'));
    cluster.runUntil(30_100);
    expect(arrayAt(cluster.answerTo(asked)?.body, 'metadata', 'finalizers')).toEqual(['foregroundDeletion']);
    cluster.runUntil(90_000);
    expect([count(cluster, 'Pod'), count(cluster, 'ReplicaSet')]).toEqual([0, 0]);
    const deletions = cluster.trace.after(0).filter(({ verb }) => verb === 'DELETED');
    const order = deletions
      .map(({ object }) => object?.split('/')[0])
      .filter((kind) => kind === 'Pod' || kind === 'ReplicaSet');
    expect(order.lastIndexOf('Pod')).toBeLessThan(order.indexOf('ReplicaSet'));
  });

  it('stay and forget an owner that leaves them', () => {
    const cluster = withReplicaSet();
    cluster.request(remove('Orphan'));
    cluster.runUntil(90_000);
    expect([count(cluster, 'Pod'), count(cluster, 'ReplicaSet')]).toEqual([2, 0]);
    for (const pod of cluster.objects().filter(({ kind }) => kind === 'Pod'))
      expect(arrayAt(pod, 'metadata', 'ownerReferences')).toEqual([]);
  });

  it('go with their namespace, Pods first', () => {
    const cluster = withReplicaSet('shop');
    expect(count(cluster, 'Pod', 'shop')).toBe(2);
    cluster.request({ verb: 'delete', resource: NAMESPACES, name: 'shop' });
    cluster.runUntil(30_200);
    const going = cluster
      .objects()
      .find((object) => object.kind === 'Namespace' && stringAt(object, 'metadata', 'name') === 'shop');
    expect(stringAt(going, 'status', 'phase')).toBe('Terminating');
    cluster.runUntil(120_000);
    expect(cluster.objects().some((object) => stringAt(object, 'metadata', 'namespace') === 'shop')).toBe(false);
    expect(cluster.objects().some((object) => stringAt(object, 'metadata', 'name') === 'shop')).toBe(false);
  });
});

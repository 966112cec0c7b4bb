import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf, nameOf } from '../../../apimachinery/object.ts';
import { arrayAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { Cluster } from '../../cluster.ts';
import { kinds, preloadKinds } from '../../testing/built-in-kinds.ts';
import { STATEFUL_SETS } from '../resources.ts';

beforeAll(preloadKinds);

function deployed(spec: object = {}): Cluster {
  const cluster = Cluster.create({ seed: 1, kinds });
  cluster.runUntil(2000);
  const template = { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'db:1' }] } };
  const body: KubernetesObject = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'db' },
    spec: { replicas: 3, serviceName: 'db', selector: { matchLabels: { app: 'db' } }, template, ...spec },
  };
  cluster.request({ verb: 'create', resource: STATEFUL_SETS, namespace: 'default', body });
  cluster.runUntil(60_000);
  return cluster;
}

function find(cluster: Cluster, kind: string): readonly KubernetesObject[] {
  return cluster.objects().filter((object) => object.kind === kind);
}

function change(cluster: Cluster, spec: object): void {
  cluster.request({
    verb: 'patch',
    resource: STATEFUL_SETS,
    namespace: 'default',
    name: 'db',
    options: { patchType: 'strategic' },
    body: { apiVersion: 'apps/v1', kind: 'StatefulSet', spec } as KubernetesObject,
  });
  cluster.runUntil(cluster.nowMs + 120_000);
}

const names = (cluster: Cluster): readonly string[] => find(cluster, 'Pod').map(nameOf);
const images = (cluster: Cluster): readonly (string | undefined)[] =>
  find(cluster, 'Pod').map((pod) => stringAt(arrayAt(pod, 'spec', 'containers')[0], 'image'));
const NEW_IMAGE = { template: { spec: { containers: [{ name: 'c', image: 'db:2' }] } } };

/** When the Pods were made and became ready, in order. */
function story(cluster: Cluster): readonly string[] {
  return find(cluster, 'Pod')
    .flatMap((pod) => {
      const ready = arrayAt(pod, 'status', 'conditions').find((condition) => stringAt(condition, 'type') === 'Ready');
      return [
        `${stringAt(pod, 'metadata', 'creationTimestamp') ?? ''} made ${nameOf(pod)}`,
        `${stringAt(ready, 'lastTransitionTime') ?? ''} became ready ${nameOf(pod)}`,
      ];
    })
    .sort()
    .map((line) => line.slice(line.indexOf(' ') + 1));
}

describe('a StatefulSet', () => {
  it('makes its Pods one after the other, each with its name', () => {
    const cluster = deployed({ minReadySeconds: 2 });
    expect(story(cluster)).toEqual([
      'made db-0',
      'became ready db-0',
      'made db-1',
      'became ready db-1',
      'made db-2',
      'became ready db-2',
    ]);
    const first = find(cluster, 'Pod')[0]!;
    expect(objectAt(first, 'spec')).toMatchObject({ hostname: 'db-0', subdomain: 'db' });
    expect(Object.fromEntries(labelsOf(first))).toMatchObject({
      'statefulset.kubernetes.io/pod-name': 'db-0',
      'apps.kubernetes.io/pod-index': '0',
    });
    const revision = find(cluster, 'ControllerRevision').map(nameOf)[0];
    expect(find(cluster, 'StatefulSet')[0]!['status']).toEqual({
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      currentReplicas: 3,
      updatedReplicas: 3,
      availableReplicas: 3,
      currentRevision: revision,
      updateRevision: revision,
      collisionCount: 0,
    });
    const told = find(cluster, 'Event').filter((event) => stringAt(event, 'involvedObject', 'kind') === 'StatefulSet');
    expect(told.map((event) => stringAt(event, 'message')).sort()).toEqual([
      'Create Pod db-0 in StatefulSet db successful',
      'Create Pod db-1 in StatefulSet db successful',
      'Create Pod db-2 in StatefulSet db successful',
    ]);
  });

  it('counts from where it is told to, all at once where it may', () => {
    const cluster = deployed({ podManagementPolicy: 'Parallel', ordinals: { start: 5 } });
    expect(story(cluster).slice(0, 3)).toEqual(['made db-5', 'made db-6', 'made db-7']);
  });

  it('gives up its last Pods first', () => {
    const cluster = deployed();
    change(cluster, { replicas: 1 });
    expect(names(cluster)).toEqual(['db-0']);
    const deleted = find(cluster, 'Event').filter((event) => stringAt(event, 'reason') === 'SuccessfulDelete');
    expect(deleted.map((event) => stringAt(event, 'message'))).toEqual(
      expect.arrayContaining([
        'Delete Pod db-2 in StatefulSet db successful',
        'Delete Pod db-1 in StatefulSet db successful',
      ]),
    );
  });

  it('rolls a new template out down to the partition, and back to a revision that it had', () => {
    const cluster = deployed({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } });
    change(cluster, NEW_IMAGE);
    expect(images(cluster)).toEqual(['db:1', 'db:1', 'db:2']);
    change(cluster, { updateStrategy: { rollingUpdate: { partition: 0 } } });
    expect(images(cluster)).toEqual(['db:2', 'db:2', 'db:2']);
    const [first, second] = find(cluster, 'ControllerRevision').map((revision) => numberAt(revision, 'revision'));
    expect([first, second].sort()).toEqual([1, 2]);
    change(cluster, { template: { spec: { containers: [{ name: 'c', image: 'db:1' }] } } });
    expect(images(cluster)).toEqual(['db:1', 'db:1', 'db:1']);
    expect(
      find(cluster, 'ControllerRevision')
        .map((revision) => numberAt(revision, 'revision'))
        .sort(),
    ).toEqual([2, 3]);
  });

  it('replaces Pods only when they are deleted, where it is told so', () => {
    const cluster = deployed({ updateStrategy: { type: 'OnDelete' } });
    change(cluster, NEW_IMAGE);
    expect(images(cluster)).toEqual(['db:1', 'db:1', 'db:1']);
    const pods = { group: '', version: 'v1', plural: 'pods' };
    cluster.request({ verb: 'delete', resource: pods, namespace: 'default', name: 'db-1' });
    cluster.runUntil(cluster.nowMs + 60_000);
    expect(images(cluster)).toEqual(['db:1', 'db:2', 'db:1']);
  });
});

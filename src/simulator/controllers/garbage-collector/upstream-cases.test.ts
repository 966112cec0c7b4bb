import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt, valueAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { ApiCall } from '../../client/api-client.ts';
import { View } from '../../client/view.ts';
import { BUILT_IN, indexesOf } from '../../apiserver/served-resources.ts';
import { FakeApi, refusal } from '../testing/fake-api.ts';
import { inSync, runSync } from '../testing/run-sync.ts';
import { garbageCollector, removeOwners, unblockOwners } from './garbage-collector.ts';
import { orphanDependents } from './orphan-dependents.ts';

const source = (file: string) =>
  ({ area: 'controllers', file: `pkg/controller/garbagecollector/${file}_test.go`, release: '1.36.2' }) as const;
const upstream = source('garbagecollector');

function pod(name: string, ownerReferences: readonly JsonObject[], more: JsonObject = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'ns1', uid: name, ownerReferences, ...more } };
}

const PODS = { group: '', version: 'v1', plural: 'pods' };
const RC = { apiVersion: 'v1', kind: 'ReplicationController', name: 'owner1', uid: '123' };
const WAITING: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'ReplicationController',
  metadata: {
    name: 'owner1',
    namespace: 'ns1',
    uid: '123',
    deletionTimestamp: '2026-01-01T00:00:00Z',
    finalizers: ['foregroundDeletion'],
  },
};
const said = ({ verb, resource, name }: ApiCall): string => `${verb} ${resource.plural}/${name ?? ''}`;

interface ItemCase {
  readonly pod: KubernetesObject;
  readonly owner?: KubernetesObject;
  /** Somebody else has deleted it meanwhile. */
  readonly isGone?: boolean;
}

/** Whatever else is asked, these calls are made, and nothing fails. */
const ITEMS: readonly (readonly [string, ItemCase])[] = [
  ['TestAttemptToDeleteItem', { pod: pod('ToBeDeletedPod', [RC]) }],
  ['TestAttemptToDeleteItemDeleteObjectNotFound', { pod: pod('ExternallyDeletedPod', [RC]), isGone: true }],
  [
    'TestAttemptToDeleteItemDeleteObjectNotFoundWaitingForDependents',
    { pod: pod('ExternallyDeletedPodFG', [{ ...RC, blockOwnerDeletion: true }]), owner: WAITING, isGone: true },
  ],
];

/** Owners by the uid of an object; `delete` takes it away. */
type GraphEvent = readonly ['put' | 'delete', uid: string, owners: readonly string[]];
const GRAPHS: readonly (readonly [string, readonly GraphEvent[]])[] = [
  [
    'test1',
    [
      ['put', '1', []],
      ['put', '2', ['1']],
      ['put', '3', ['1', '2']],
    ],
  ],
  [
    'test2',
    [
      ['put', '1', []],
      ['put', '2', ['1']],
      ['put', '3', ['1', '2']],
      ['put', '4', ['2']],
      ['delete', '2', ["doesn't matter"]],
    ],
  ],
  [
    'test3',
    [
      ['put', '1', []],
      ['put', '2', ['1']],
      ['put', '3', ['1', '2']],
      ['put', '4', ['3']],
      ['put', '2', ['4']],
    ],
  ],
  [
    'reverse test2',
    [
      ['put', '4', ['2']],
      ['put', '3', ['1', '2']],
      ['put', '2', ['1']],
      ['put', '1', []],
      ['delete', '2', ["doesn't matter"]],
    ],
  ],
];

describe('the garbage collector', () => {
  upstreamEach(upstream)(ITEMS)('%s', (_name, { pod: item, owner, isGone = false }) => {
    const { calls, outcome } = runSync(garbageCollector, {
      objects: [item, ...(owner === undefined ? [] : [owner])],
      key: `|v1|pods|ns1/${nameOf(item)}`,
      react: ({ verb }) => (isGone && verb === 'delete' ? refusal(404, 'NotFound') : undefined),
    });
    expect(outcome).toBeUndefined();
    expect(calls.map(said)).toEqual([
      `get pods/${nameOf(item)}`,
      'get replicationcontrollers/owner1',
      `delete pods/${nameOf(item)}`,
    ]);
  });

  upstreamEach(upstream, 'TestProcessEvent')(GRAPHS)('%s', (_name, events) => {
    const resource = BUILT_IN.find(({ plural }) => plural === 'pods')!;
    let view = View.empty(indexesOf(resource), 1);
    const owners = new Map<string, readonly string[]>();
    for (const [what, uid, of] of events) {
      if (what === 'delete') {
        view = view.with(1, `ns1/${uid}`, undefined);
        owners.delete(uid);
      } else {
        const references = of.map((one) => ({ ...RC, name: one, uid: one }));
        view = view.with(1, `ns1/${uid}`, pod(uid, references));
        owners.set(uid, of);
      }
      for (const owner of ['1', '2', '3', '4']) {
        const dependents = [...owners].flatMap(([one, its]) => (its.includes(owner) ? [one] : [])).toSorted();
        expect(view.indexed('owner', owner).map(nameOf).toSorted()).toEqual(dependents);
      }
    }
  });

  const owned = pod('pod', [{ uid: '1' }, { uid: '2' }, { uid: '3' }]);
  const target = { resource: PODS, namespace: 'ns1', name: 'pod' };
  const ownersAfter = (calls: readonly ApiCall[]) => arrayAt(calls[0]?.body, 'metadata', 'ownerReferences');

  upstreamEach(upstream)([['TestDeleteOwnerRefPatch', ['1']]] as const)('%s', (_name, left) => {
    const gone = [2, 3].map((uid) => ({ ...RC, uid: String(uid), controller: false, blockOwnerDeletion: false }));
    const { result } = inSync([owned], (context) => removeOwners(context, target, owned, gone));
    expect(ownersAfter(result.calls).map((owner) => nameAt(owner, 'uid'))).toEqual(left);
  });

  upstreamEach(upstream)([['TestUnblockOwnerReference', [false, false, undefined]]] as const)('%s', (_name, blocks) => {
    const blocking = pod('pod', [
      { uid: '1', blockOwnerDeletion: true },
      { uid: '2', blockOwnerDeletion: false },
      { uid: '3' },
    ]);
    const { result } = inSync([blocking], (context) => unblockOwners(context, target, blocking));
    expect(ownersAfter(result.calls).map((owner) => valueAt(owner, 'blockOwnerDeletion'))).toEqual(blocks);
  });

  upstreamEach(upstream)([['TestOrphanDependentsFailure', 'the server reported a conflict']] as const)(
    '%s',
    (_name, words) => {
      const { value } = inSync(
        [pod('pod', [RC])],
        (context) => orphanDependents(context, { ...PODS, plural: 'replicationcontrollers' }, WAITING),
        { react: ({ verb }) => (verb === 'patch' ? refusal(409, 'Conflict', words) : undefined) },
      );
      expect(value).toBe(words);
    },
  );

  it('asks for an owner that is gone once, and not at all for one that it saw go', () => {
    const owner = (name: string, uid: string) => ({ apiVersion: 'v1', kind: 'ReplicationController', name, uid });
    const pods = [
      pod('rc1Pod1', [owner('rc1', '1')]),
      pod('rc2Pod1', [owner('rc2', '2')]),
      pod('rc1Pod2', [owner('rc1', '1')]),
    ];
    const last = pod('rc3Pod1', [owner('rc3', '3')]);
    const memories = new Map<string, unknown>();
    const sync = (key: string): readonly string[] => {
      const { calls, enqueued, memory } = runSync(garbageCollector, { objects: [...pods, last], key, memories });
      memories.set(key, memory);
      return [...calls.map(said), ...enqueued.flatMap(sync)];
    };
    expect(pods.flatMap((one) => sync(`|v1|pods|ns1/${nameOf(one)}`)).filter((call) => call.includes('/rc'))).toEqual([
      'get pods/rc1Pod1',
      'get replicationcontrollers/rc1',
      'delete pods/rc1Pod1',
      'get pods/rc2Pod1',
      'get replicationcontrollers/rc2',
      'delete pods/rc2Pod1',
      'get pods/rc1Pod2',
      'delete pods/rc1Pod2',
    ]);
    const api = new FakeApi([last]);
    const watch = garbageCollector.watches.find(({ resource }) => resource.plural === 'replicationcontrollers')!;
    const gone = {
      apiVersion: 'v1',
      kind: 'ReplicationController',
      metadata: { name: 'rc3', namespace: 'ns1', uid: '3' },
    };
    const event = { type: 'DELETED', key: 'ns1/rc3', object: gone, revision: 2 } as const;
    const keys = watch.keysOf(event, { view: (resource) => api.view(resource) });
    expect(keys.flatMap((key) => sync(String(key)))).toEqual(['get pods/rc3Pod1', 'delete pods/rc3Pod1']);
    expect(keys).toEqual(['absent|v1|ReplicationController|ns1|rc3|3', '|v1|pods|ns1/rc3Pod1']);
  });

  upstreamLeftOut(upstream, {
    TestConflictingData: {
      count: 30,
      reason: 'each asserts nodes of the graph, virtual ones among them; here caches are asked',
    },
    TestAbsentOwnerCache: 'of 500 owners the oldest is forgotten upstream, here none; what it saves is tested beside',
    TestDependentsRace: 'a race of threads',
    TestGetDeletableResources: { count: 5, reason: 'discovery that fails in part; resources are known here' },
    TestGarbageCollectorSync: 'resources that come and go while it runs',
    TestGarbageCollectorConstruction: 'monitors that are set up',
  });
  upstreamLeftOut(source('graph_builder'), {
    TestGetAlternateOwnerIdentity: { count: 15, reason: 'coordinates of virtual nodes, of which there are none' },
  });
  upstreamLeftOut(source('dump'), {
    'TestToDOTGraph, TestToDOTGraphObj and TestMarshalDOT': {
      count: 11,
      reason: 'the picture of the graph for debugging',
    },
  });
});

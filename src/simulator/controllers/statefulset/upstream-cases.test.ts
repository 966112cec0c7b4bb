import { describe, expect } from 'vitest';
import { nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { labelsOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { isClaimOwnerUpToDate } from './claim-retention.ts';
import { parentAndOrdinal, wantedReplicas } from './ordinals.ts';
import { DrivenSet, newSet } from './testing/driven-set.ts';

const control = {
  area: 'controllers',
  file: 'pkg/controller/statefulset/stateful_set_control_test.go',
  release: '1.36.2',
} as const;

/** What becomes of claims, by the names of the sub-tests; upstream's tests run over all of them. */
const POLICIES: readonly (readonly [string, JsonObject])[] = [
  ['nullPolicy', {}],
  ...(['Retain', 'Delete'] as const).flatMap((whenScaled) =>
    (['Retain', 'Delete'] as const).map(
      (whenDeleted) =>
        [
          `${whenScaled}/${whenDeleted}`,
          { persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted } },
        ] as const,
    ),
  ),
];
const ORDERS: readonly (readonly [string, JsonObject])[] = [
  ['Monotonic', {}],
  ['Burst', { podManagementPolicy: 'Parallel' }],
];

function combined(names: readonly string[]): readonly (readonly [string, string, JsonObject])[] {
  return names.flatMap((name) =>
    ORDERS.flatMap(([order, ordered]) =>
      POLICIES.map(([policy, kept]) => [`${name}/${order}/${policy}`, name, { ...ordered, ...kept }] as const),
    ),
  );
}

function started(replicas: number, spec: JsonObject): DrivenSet {
  const driven = new DrivenSet(newSet(replicas, spec));
  driven.until(() => driven.counted('readyReplicas') === replicas);
  return driven;
}

const COUNTS = ['replicas', 'readyReplicas', 'updatedReplicas'] as const;
const counts = (driven: DrivenSet): readonly number[] => COUNTS.map((field) => driven.counted(field));

const PROGRAMS: Readonly<Record<string, (spec: JsonObject) => void>> = {
  CreatePods(spec) {
    const driven = started(3, spec);
    expect(counts(driven)).toEqual([3, 3, 3]);
    const indexes = driven.pods.map((each) => labelsOf(each).get('apps.kubernetes.io/pod-index'));
    expect(indexes).toEqual(['0', '1', '2']);
  },
  ScalesUp(spec) {
    const driven = started(3, spec);
    driven.change({ replicas: 4 });
    driven.until(() => driven.counted('readyReplicas') === 4);
    expect(counts(driven)).toEqual([4, 4, 4]);
  },
  ScalesDown(spec) {
    const driven = started(3, spec);
    driven.change({ replicas: 0 });
    driven.until(() => driven.counted('replicas') === 0);
    expect(counts(driven)).toEqual([0, 0, 0]);
  },
  ReplacesPods(spec) {
    const driven = started(5, spec);
    driven.remove(['foo-0', 'foo-2', 'foo-4']);
    driven.until(() => driven.pods.length === 5 && driven.counted('readyReplicas') === 5);
    expect(driven.counted('replicas')).toBe(5);
  },
  RecreatesFailedPod: (spec) => recreates('Failed', spec),
  RecreatesSucceededPod: (spec) => recreates('Succeeded', spec),
};

/** A Pod that has ended is deleted, and made anew in the next sync. */
function recreates(phase: string, spec: JsonObject): void {
  const driven = new DrivenSet(newSet(3, spec));
  driven.sync();
  driven.setPhase(driven.pods[0]!, phase);
  const before = driven.pods[0]!;
  driven.sync();
  expect(driven.pods.map(nameOf)).not.toContain('foo-0');
  driven.sync();
  expect(driven.pods[0]).not.toBe(before);
  expect(driven.pods.map(nameOf)).toContain('foo-0');
}

function updated(driven: DrivenSet, replicas: number): void {
  driven.change({ replicas });
  driven.setImage('foo');
  let quiet = 0;
  driven.until(() => {
    const isThere = driven.pods.length === replicas && driven.counted('readyReplicas') === replicas;
    quiet = isThere ? quiet + 1 : 0;
    return quiet > 3 * replicas;
  });
}

describe(control.file, () => {
  upstreamEach(control, 'TestStatefulSetControl')(combined(Object.keys(PROGRAMS)))('%s', (_title, name, spec) => {
    PROGRAMS[name]!(spec);
  });

  /** How many Pods before and after, and from which of them on they have the new image. */
  const updates = ['monotonic', 'burst'].flatMap((order) => {
    const spec = order === 'burst' ? { podManagementPolicy: 'Parallel' } : {};
    return [
      [`${order} image update`, spec, 3, 3],
      [`${order} image update and scale up`, spec, 3, 5],
      [`${order} image update and scale down`, spec, 5, 3],
    ] as const;
  });

  upstreamEach(control, 'TestStatefulSetControlRollingUpdate')(updates)('%s', (_name, spec, before, after) => {
    const driven = started(before, spec);
    updated(driven, after);
    expect(driven.images).toEqual(Array.from({ length: after }, () => 'foo'));
  });

  const partitioned = POLICIES.flatMap(([policy, kept]) =>
    updates
      .filter(([name]) => !name.endsWith('down'))
      .map(([name, spec, before, after]) => [`${name}/${policy}`, { ...spec, ...kept }, before, after] as const),
  );
  upstreamEach(control, 'TestStatefulSetControlRollingUpdateWithPartition')(partitioned)(
    '%s',
    (_name, spec, before, after) => {
      const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 2 } };
      const driven = started(before, { ...spec, updateStrategy });
      updated(driven, after);
      expect(driven.images).toEqual(Array.from({ length: after }, (_, index) => (index < 2 ? 'nginx' : 'foo')));
    },
  );

  const onDelete = POLICIES.flatMap(([policy, kept]) =>
    updates.map(([name, spec, before, after]) => [`${name}/${policy}`, { ...spec, ...kept }, before, after] as const),
  );
  upstreamEach(control, 'TestStatefulSetControlOnDeleteUpdate')(onDelete)('%s', (_name, spec, before, after) => {
    const driven = started(before, { ...spec, updateStrategy: { type: 'OnDelete' } });
    updated(driven, after);
    expect(driven.images).toEqual(Array.from({ length: after }, (_, index) => (index < before ? 'nginx' : 'foo')));
    driven.change({ replicas: 0 });
    driven.until(() => driven.counted('replicas') === 0);
    driven.change({ replicas: after });
    driven.until(() => driven.counted('readyReplicas') === after);
    expect(driven.images).toEqual(Array.from({ length: after }, () => 'foo'));
    expect(wantedReplicas(driven.set)).toBe(after);
  });

  upstreamLeftOut(control, {
    'TestStatefulSetControl with failures': {
      count: 70,
      reason: 'seven programs that let the fake client fail at one step, each with two orders and five policies',
    },
    'TestStatefulSetControlRollingUpdateWithMaxUnavailable and its invariant': {
      count: 2,
      reason: 'the gate MaxUnavailableStatefulSet is off in 1.36',
    },
    'TestStatefulSetControlRollback, TestParallelScale, TestStatefulSetControlLimitsHistory and the rest': {
      count: 60,
      reason: 'programs of many steps on the fake clients; the same is seen in runs of a cluster',
    },
  });
});

const utils = { ...control, file: 'pkg/controller/statefulset/stateful_set_utils_test.go' } as const;

const reference = (kind: string, apiVersion: string, name: string, uid: string, controller: boolean) => ({
  kind,
  apiVersion,
  name,
  uid,
  ...(controller ? { controller, blockOwnerDeletion: true } : {}),
});

function pod(ordinal: number): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: `pod-${ordinal}`, uid: 'pod-123' } };
}

describe(utils.file, () => {
  const retentions = [
    ['retain', 'Retain', 'Retain', false, false, 0, 0],
    ['on SS delete', 'Retain', 'Delete', false, true, 0, 0],
    ['on scaledown only, condemned', 'Delete', 'Retain', true, false, 2, 2],
    ['on scaledown only, remains', 'Delete', 'Retain', false, false, 2, 1],
    ['on both, condemned', 'Delete', 'Delete', true, false, 2, 2],
    ['on both, remains', 'Delete', 'Delete', false, true, 2, 1],
  ] as const;
  upstreamEach(utils, 'TestIsClaimOwnerUpToDate')(retentions)(
    '%s',
    (_name, whenScaled, whenDeleted, needsPod, needsSet, replicas, ordinal) => {
      const set = newSet(replicas, { persistentVolumeClaimRetentionPolicy: { whenScaled, whenDeleted } });
      for (const others of [false, true])
        for (const ofPod of [false, true])
          for (const ofSet of [false, true]) {
            const ownerReferences = [
              ...(ofPod ? [reference('Pod', 'v1', `pod-${ordinal}`, 'pod-123', true)] : []),
              ...(ofSet ? [reference('StatefulSet', 'apps/v1', 'foo', 'test', true)] : []),
              ...(others ? [reference('Pod', 'v1', 'rand1', 'rand1-uid', false)] : []),
            ];
            const metadata = { name: 'target-claim', ownerReferences };
            const claim: KubernetesObject = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata };
            const isRight = ofPod === needsPod && ofSet === needsSet;
            expect(isClaimOwnerUpToDate(claim, set, pod(ordinal))).toBe(isRight);
          }
    },
  );

  upstreamEach(
    utils,
    'TestGetParentNameAndOrdinal',
  )([
    ['foo-1', 'foo', 1],
    ['1', '', -1],
  ])('%s', (name, parent, ordinal) => {
    expect(parentAndOrdinal({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })).toEqual({ parent, ordinal });
  });

  upstreamLeftOut(utils, {
    'the other functions of the file': {
      count: 24,
      reason: 'single assertions on helpers, which the tests of whole sets go through, or on gates that are off',
    },
  });
});

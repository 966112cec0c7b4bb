import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { namespaceOf, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import { claimProtection, volumeProtection } from './protection.ts';

const DELETED = { deletionTimestamp: '2026-01-01T00:00:00Z' };

interface ClaimFacts {
  readonly name?: string;
  readonly namespace?: string;
  readonly isHeld?: boolean;
  readonly isDeleted?: boolean;
}

function claim({ name = 'pvc1', namespace = 'default', isHeld, isDeleted }: ClaimFacts): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace,
      ...(isHeld === true ? { finalizers: ['kubernetes.io/pvc-protection'] } : {}),
      ...(isDeleted === true ? DELETED : {}),
    },
  };
}

function pod(
  claims: readonly string[],
  facts: { name?: string; namespace?: string; phase?: string; isUnscheduled?: true } = {},
): KubernetesObject {
  const { name = 'pod1', namespace = 'default', phase = 'Pending', isUnscheduled } = facts;
  const volumes: readonly JsonObject[] = [
    ...claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } })),
    { name: 'emptyDir', emptyDir: {} },
  ];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, uid: 'uid1' },
    spec: { ...(isUnscheduled === true ? {} : { nodeName: 'node1' }), volumes },
    status: { phase },
  };
}

const source = {
  area: 'controllers',
  file: 'pkg/controller/volume/pvcprotection/pvc_protection_controller_test.go',
  release: '1.36.2',
} as const;

const OTHER = { name: 'pvc2', namespace: 'namespace-2' };
const SECOND = { name: 'pvc2' };
const GOING = { isHeld: true, isDeleted: true };

interface ProtectionCase {
  readonly claims: readonly ClaimFacts[];
  readonly pods?: readonly KubernetesObject[];
  /** The cache knows of no Pod yet. */
  readonly isLate?: true;
  /** Writes in order: `+` where the finalizer is added, `-` where it goes, `list` where Pods are asked for. */
  readonly want: readonly string[];
}

const CASES: readonly (readonly [string, ProtectionCase])[] = [
  [
    'PVC without finalizer -> finalizer is added',
    { claims: [{}, OTHER], want: ['+ default/pvc1', '+ namespace-2/pvc2'] },
  ],
  ['PVC with finalizer -> no action', { claims: [{ isHeld: true }, { ...OTHER, isHeld: true }], want: [] }],
  [
    'deleted PVC with finalizers across different namespaces -> finalizer is removed',
    {
      claims: [GOING, { ...OTHER, ...GOING }],
      want: ['list default', '- default/pvc1', 'list namespace-2', '- namespace-2/pvc2'],
    },
  ],
  [
    'multiple PVCs with finalizer for the same namespace; no alive pods -> finalizer is removed',
    {
      claims: [GOING, { ...SECOND, ...GOING }],
      want: ['list default', '- default/pvc1', 'list default', '- default/pvc2'],
    },
  ],
  [
    'deleted PVC with finalizer + pod with the PVC exists -> finalizer is not removed',
    { claims: [GOING], pods: [pod(['pvc1'])], want: [] },
  ],
  [
    'deleted PVC with finalizer + pod with unrelated PVC and EmptyDir exists -> finalizer is removed',
    { claims: [GOING], pods: [pod(['unrelatedPVC'])], want: ['list default', '- default/pvc1'] },
  ],
  [
    'deleted multiple PVCs with finalizer (same namespace) + pod with unrelated PVC and EmptyDir exists',
    {
      claims: [GOING, { ...SECOND, ...GOING }, { name: 'pvc3', ...GOING }],
      pods: [pod(['unrelatedPVC'])],
      want: ['list default', '- default/pvc1', 'list default', '- default/pvc2', 'list default', '- default/pvc3'],
    },
  ],
  [
    'deleted PVC with finalizer + pod with the PVC finished but is not deleted -> finalizer is not removed',
    { claims: [GOING], pods: [pod(['pvc1'], { phase: 'Failed' })], want: [] },
  ],
  [
    "deleted PVC with finalizer + pod with the PVC exists but is not in the Informer's cache yet -> finalizer is not removed",
    { claims: [GOING], pods: [pod(['pvc1'])], isLate: true, want: ['list default'] },
  ],
  [
    'mix of deleted PVCs with some used by a pod and some unused -> finalizer is removed only for unused PVCs',
    {
      claims: [GOING, { ...SECOND, ...GOING }, { name: 'pvc3', namespace: 'namespace-3', ...GOING }],
      pods: [pod(['pvc1']), pod(['pvc3'], { name: 'pod2', namespace: 'namespace-3' })],
      isLate: true,
      want: ['list default', 'list default', '- default/pvc2', 'list namespace-3'],
    },
  ],
  ['feature disabled: unused PVC with no pods -> no condition action', { claims: [{ isHeld: true }], want: [] }],
];

describe(source.file, () => {
  upstreamEach(source, 'TestPVCProtectionController')(CASES)('%s', (_name, { claims, pods = [], isLate, want }) => {
    const objects = claims.map(claim);
    const cluster = new FakeCluster([...objects, ...(isLate === true ? [] : pods)], {
      onServer: isLate === true ? pods : [],
    });
    for (const object of objects) cluster.reconcile(claimProtection, `${namespaceOf(object) ?? ''}/${nameOf(object)}`);
    const done = cluster.calls.map(({ verb, namespace, name, body }) => {
      if (verb === 'list') return `list ${namespace ?? ''}`;
      const isAdded = arrayAt(body, 'metadata', 'finalizers').length > 0;
      return `${isAdded ? '+' : '-'} ${namespace ?? ''}/${name ?? ''}`;
    });
    expect(done).toEqual(want);
  });

  upstreamLeftOut(source, {
    'cases of the condition Unused': {
      count: 12,
      reason: 'the gate PersistentVolumeClaimUnusedSinceTime is off in 1.36',
    },
    'cases in which a write or list fails': { count: 3, reason: 'the queue tries again, which its own tests show' },
    'cases of changed and deleted Pods': { count: 6, reason: 'which keys a change of a Pod gives is seen in runs' },
  });
});

const volumes = {
  ...source,
  file: 'pkg/controller/volume/pvprotection/pv_protection_controller_test.go',
} as const;

function volume(isHeld: boolean, isDeleted: boolean, phase?: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: 'default-pv',
      ...(isHeld ? { finalizers: ['kubernetes.io/pv-protection'] } : {}),
      ...(isDeleted ? DELETED : {}),
    },
    status: phase === undefined ? {} : { phase },
  };
}

describe(volumes.file, () => {
  upstreamEach(
    volumes,
    'TestPVProtectionController',
  )([
    ['PV without finalizer -> finalizer is added', volume(false, false), '+'],
    ['PVC with finalizer -> no action', volume(true, false), ''],
    ['deleted PV with finalizer -> finalizer is removed', volume(true, true), '-'],
    ['deleted PVC with finalizer + PV is bound -> finalizer is not removed', volume(true, true, 'Bound'), ''],
  ] as const)('%s', (_name, object, want) => {
    const cluster = new FakeCluster([object]);
    cluster.reconcile(volumeProtection, 'default-pv');
    const done = cluster.calls.map(({ body }) => (arrayAt(body, 'metadata', 'finalizers').length > 0 ? '+' : '-'));
    expect(done.join('')).toBe(want);
  });

  upstreamLeftOut(volumes, {
    'cases in which a write fails': { count: 2, reason: 'the queue tries again, which its own tests show' },
  });
});

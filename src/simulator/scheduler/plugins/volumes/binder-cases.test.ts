import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, objectAt, stringAt, valueAt } from '../../../../base/json.ts';
import type { LeftOut } from '../../../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamLeftOut } from '../../../../base/testing/upstream-table.ts';
import type { Binding } from '../../plugin.ts';
import { podInfoOf } from '../../pod-info.ts';
import { snapshotOf } from '../testing/snapshot.ts';
import { assumePodVolumes, checkBindings, writeVolumes } from './bind-volumes.ts';
import type { PodVolumes } from './pod-volumes.ts';
import { SELECTED_NODE, claimsOf, podVolumesOn } from './pod-volumes.ts';
import upstream from './testdata/binder.json' with { type: 'json' };

type Case = JsonObject;

const PROVISIONER = 'test-provisioner';
const NODE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'node1', labels: { nodeKey: 'node1' } },
};

function storageClass(name: string, mode: string, provisioner: string, values?: readonly string[]): KubernetesObject {
  const terms = [{ matchLabelExpressions: [{ key: 'nodeKey', values: values ?? [] }] }];
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name },
    volumeBindingMode: mode,
    provisioner,
    ...(values === undefined ? {} : { allowedTopologies: terms }),
  };
}

/** The classes of upstream's test. */
const CLASSES = [
  storageClass('waitClassWithProvisioner', 'WaitForFirstConsumer', PROVISIONER, ['node1', 'reference-value']),
  storageClass('immediateClass', 'Immediate', ''),
  storageClass('waitClass', 'WaitForFirstConsumer', 'kubernetes.io/no-provisioner'),
  storageClass('topoMismatchClass', 'WaitForFirstConsumer', PROVISIONER, ['reference-value']),
];

function objects(one: Case, field: string, apiVersion: string, kind: string): readonly KubernetesObject[] {
  return arrayAt(one, field).map((object) => ({ ...(object as JsonObject), apiVersion, kind }));
}

function podOf(one: Case): KubernetesObject {
  const given = objectAt(one, 'pod');
  if (given !== undefined) return { ...given, apiVersion: 'v1', kind: 'Pod' };
  const volumes = arrayAt(one, 'podClaims').map((claimName, index) => ({
    name: `vol${index}`,
    persistentVolumeClaim: { claimName },
  }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'test-pod', namespace: 'testns' },
    spec: { volumes, nodeName: 'node1' },
  };
}

function podVolumes(one: Case | undefined): PodVolumes {
  return {
    bindings: arrayAt(one, 'bindings') as unknown as PodVolumes['bindings'],
    provisions: arrayAt(one, 'provisions') as unknown as PodVolumes['provisions'],
  };
}

const keyOf = (object: KubernetesObject): string =>
  [namespaceOf(object), nameOf(object)].filter((part) => part !== undefined).join('/');

const ANSWERS: Readonly<Record<string, (one: Case) => JsonValue>> = {
  find(one) {
    const tracks = valueAt(one, 'tracksCapacity');
    const driver = { metadata: { name: PROVISIONER }, spec: { storageCapacity: tracks } } as unknown as JsonObject;
    const snapshot = snapshotOf(
      [NODE],
      [],
      [
        ...CLASSES,
        ...objects(one, 'volumes', 'v1', 'PersistentVolume'),
        ...objects(one, 'claims', 'v1', 'PersistentVolumeClaim'),
        ...objects(one, 'capacities', 'storage.k8s.io/v1', 'CSIStorageCapacity'),
        ...(tracks === undefined ? [] : [{ ...driver, apiVersion: 'storage.k8s.io/v1', kind: 'CSIDriver' }]),
      ],
    );
    const claims = claimsOf(podInfoOf(podOf(one)), snapshot) ?? { bound: [], delayed: [] };
    if (typeof claims === 'string') return 'error';
    const found = podVolumesOn(claims, snapshot.nodes[0]!, snapshot);
    if ('error' in found) return 'error';
    const all: JsonObject = {
      reasons: found.conflicts.toSorted(),
      bindings: found.bindings.map(({ volume, claim }) => [nameOf(volume), nameOf(claim)]).sort(),
      provisions: found.provisions.map(nameOf).sort(),
    };
    // Where upstream expects reasons it looks at nothing else.
    return Object.fromEntries(Object.keys(objectAt(one, 'want') ?? all).map((field) => [field, all[field]!]));
  },
  check(one) {
    const stored = new Map<string, KubernetesObject>([['nodes/node1', NODE]]);
    const pod = podOf(one);
    stored.set('pods/testns/test-pod', pod);
    const put = (plural: string, kind: string, ...fields: readonly string[]): void => {
      for (const field of fields)
        for (const object of objects(one, field, 'v1', kind)) stored.set(`${plural}/${keyOf(object)}`, object);
    };
    if (one['deletesVolumes'] !== true) put('persistentvolumes', 'PersistentVolume', 'volumes', 'apiVolumes');
    if (one['deletesClaims'] !== true) put('persistentvolumeclaims', 'PersistentVolumeClaim', 'claims', 'apiClaims');
    const read: Pick<Binding, 'read'> = { read: (plural, key) => stored.get(`${plural}/${key}`) };
    const state = checkBindings(podInfoOf(pod), 'node1', podVolumes(one), read);
    return typeof state === 'string' ? state : 'error';
  },
  write(one) {
    const stored = new Map(arrayAt(one, 'api').map((object) => [nameOf(object as KubernetesObject), object]));
    const reverted: string[] = [];
    const version = (object: JsonValue | undefined) => stringAt(object, 'metadata', 'resourceVersion');
    const written = writeVolumes(podVolumes(one), {
      call({ name = '', body }) {
        const object = body as KubernetesObject;
        if (version(stored.get(name)) !== version(object))
          return { ok: false, code: 409, reason: 'Conflict', message: 'VersionError' };
        stored.set(name, object);
        return { ok: true, code: 200, object, warnings: [] };
      },
      restore: (_plural, _key, object) => void reverted.push(nameOf(object)),
    });
    const told = (field: string, read: (object: JsonValue | undefined) => string | undefined): JsonObject => {
      const names = Object.keys(objectAt(one, 'want', field) ?? {});
      return Object.fromEntries(names.map((name) => [name, read(stored.get(name)) ?? null]));
    };
    return {
      fails: typeof written === 'string',
      reverted: reverted.sort(),
      claimed: told('claimed', (object) => stringAt(object, 'spec', 'claimRef', 'name')),
      selected: told('selected', (object) => stringAt(object, 'metadata', 'annotations', SELECTED_NODE)),
    };
  },
  assume(one) {
    const nothing = { assume: () => undefined, restore: () => undefined, forget: () => undefined };
    return assumePodVolumes(podVolumes(one), 'node1', nothing) as unknown as JsonObject;
  },
};

describe('volumes of a Pod', () => {
  const source = { area: 'scheduler', file: upstream.source, release: upstream.release } as const;
  const cases = (upstream.cases as unknown as readonly Case[]).map((one) => [stringAt(one, 'name')!, one] as const);
  upstreamEach(source)(cases)('%s', (_name, one) => {
    expect(ANSWERS[stringAt(one, 'what')!]!(one)).toEqual(one['want']);
  });
  upstreamLeftOut(source, upstream.leftOut as LeftOut);
});

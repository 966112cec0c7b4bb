import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt } from '../../../base/json.ts';
import { upstreamFile } from '../../../base/testing/upstream-file.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { CLAIMS, VOLUMES } from '../resources.ts';
import { FakeCluster } from '../testing/fake-cluster.ts';
import { persistentVolumeBinder } from './persistentvolume-binder.ts';

interface BinderCase {
  readonly name: string;
  readonly sync: 'claim' | 'volume';
  readonly isError?: true;
  readonly initialVolumes: readonly KubernetesObject[];
  readonly initialClaims: readonly KubernetesObject[];
  readonly expectedVolumes: readonly KubernetesObject[];
  readonly expectedClaims: readonly KubernetesObject[];
  /** `Normal FailedBinding`. */
  readonly expectedEvents: readonly string[];
}

const file = upstreamFile<BinderCase>(new URL('./testdata/binder-cases.json', import.meta.url));
const source = { area: 'controllers', file: file.source, release: file.release } as const;

/** The class that the tests have: it waits for the first Pod. */
const wait: KubernetesObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: 'wait' },
  provisioner: '',
  volumeBindingMode: 'WaitForFirstConsumer',
};

/** As upstream compares: without versions, and with nothing for what is empty. */
function compared(objects: readonly KubernetesObject[]): readonly JsonObject[] {
  return objects
    .map((object) => {
      const { annotations, ...metadata } = objectAt(object, 'metadata') ?? {};
      const { claimRef, ...spec } = objectAt(object, 'spec') ?? {};
      const { resourceVersion: _, uid, ...reference } = objectAt(claimRef) ?? {};
      const hasAnnotations = Object.keys(objectAt(annotations) ?? {}).length > 0;
      return {
        ...object,
        metadata: { ...metadata, ...(hasAnnotations ? { annotations: annotations ?? null } : {}) },
        spec: { ...spec, ...(claimRef === undefined ? {} : { claimRef: { ...reference, uid: uid ?? '' } }) },
      };
    })
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

describe(file.source, () => {
  upstreamEach(source)(file.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const { initialVolumes, initialClaims } = one;
    const cluster = new FakeCluster([...initialVolumes, ...initialClaims, wait]);
    const [object] = one.sync === 'claim' ? initialClaims : initialVolumes;
    const key = one.sync === 'claim' ? `claim default/${nameOf(object!)}` : `volume ${nameOf(object!)}`;
    const outcome = cluster.reconcile(persistentVolumeBinder, key);
    expect(compared(cluster.objects(VOLUMES))).toEqual(compared(one.expectedVolumes));
    expect(compared(cluster.objects(CLAIMS))).toEqual(compared(one.expectedClaims));
    // As upstream: as many as are expected, whatever comes after them.
    const told = cluster.events.map(({ type, reason }) => `${type} ${reason}`);
    expect(told.slice(0, one.expectedEvents.length)).toEqual(one.expectedEvents);
    expect(outcome !== undefined && 'failed' in outcome).toBe(one.isError === true);
  });

  upstreamLeftOut(source, file.leftOut);
});

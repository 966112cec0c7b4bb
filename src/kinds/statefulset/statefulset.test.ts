import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { expectConnects, expectExactDisconnects } from '../shared/testing/gesture-laws.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { expectWorkload, objectWith } from '../shared/testing/workload-laws.ts';
import { ORDINALS_MAX } from './statefulset.claims.ts';
import { statefulSet } from './statefulset.ts';

const of = (spec: KubernetesObject['spec']) => objectWith(statefulSet, [], { spec });

const service = (spec: JsonObject, namespace = 'shop'): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'db', namespace },
  spec,
});

describe('StatefulSet', () => {
  it('keeps what every workload keeps', () => {
    expectWorkload(statefulSet, ['spec', 'template']);
  });

  it('selects its Pods', () => {
    const matchExpressions = [{ key: 'tier', operator: 'NotIn', values: ['db'] }];
    expect(
      referenceLines(statefulSet.references(of({ selector: { matchLabels: { app: 'web' }, matchExpressions } }))),
    ).toEqual(['workloadSelector spec.selector -> pods app=web,tier notin (db) in shop']);
  });

  it('selects by the labels of the template where an old object says nothing', () => {
    const old = { ...of({ template: { metadata: { labels: { app: 'web' } }, spec: {} } }), apiVersion: 'apps/v1beta1' };
    expect(referenceLines(statefulSet.references(old))).toEqual([
      'workloadSelector spec.template.metadata.labels -> pods app=web in shop',
    ]);
  });

  it('cannot be without its selector', () => {
    const object = of({ selector: { matchLabels: { app: 'web' } } });
    expect(statefulSet.disconnect?.(object, statefulSet.references(object)[0]!)).toEqual({
      refused: 'disconnect.required',
    });
  });

  const claims = [
    { metadata: { name: 'data' }, spec: { storageClassName: 'fast', resources: { requests: { storage: '20Gi' } } } },
    { metadata: { name: 'logs' } },
  ];

  it('points at its Service, the claims of its Pods and their class', () => {
    const object = of({ serviceName: 'db', replicas: 2, ordinals: { start: 5 }, volumeClaimTemplates: claims });
    expect(referenceLines(statefulSet.references(object))).toEqual([
      'governingService spec.serviceName -> Service/shop/db',
      'claimTemplate spec.volumeClaimTemplates[0].metadata.name -> PersistentVolumeClaim/shop/data-web-5 as data',
      'claimTemplate spec.volumeClaimTemplates[0].metadata.name -> PersistentVolumeClaim/shop/data-web-6 as data',
      'claimTemplate spec.volumeClaimTemplates[1].metadata.name -> PersistentVolumeClaim/shop/logs-web-5 as logs',
      'claimTemplate spec.volumeClaimTemplates[1].metadata.name -> PersistentVolumeClaim/shop/logs-web-6 as logs',
      'storageClass spec.volumeClaimTemplates[0].spec.storageClassName -> StorageClass.storage.k8s.io//fast',
    ]);
  });

  it('makes Pods and claims with names that are known', () => {
    expect(
      statefulSet.makes?.(of({ volumeClaimTemplates: claims }))?.map(({ kind, name }) => `${kind}/${name}`),
    ).toEqual(['Pod/web-0', 'PersistentVolumeClaim/data-web-0', 'PersistentVolumeClaim/logs-web-0']);
    expect(statefulSet.makes?.(of({ replicas: 1e12 }))).toHaveLength(ORDINALS_MAX);
    expect(statefulSet.makes?.(of({ replicas: -1 }))).toEqual([]);
  });

  it('shows its image, its Pods and what each of them stores', () => {
    const template = { spec: { containers: [{ image: 'mysql:8.4' }] } };
    expect(statefulSet.summary?.(of({ replicas: 3, template, volumeClaimTemplates: claims }))).toEqual({
      fact: 'mysql:8.4',
      detail: 'data 20Gi, logs',
      pods: 3,
    });
  });

  it('can be without Service and class, but its claims follow from its name', () => {
    const object = of({ serviceName: 'db', volumeClaimTemplates: claims });
    expect(expectExactDisconnects(statefulSet, object)).toEqual([
      'claimTemplate spec.volumeClaimTemplates[0].metadata.name -> PersistentVolumeClaim/shop/data-web-0 as data: disconnect.implied',
      'claimTemplate spec.volumeClaimTemplates[1].metadata.name -> PersistentVolumeClaim/shop/logs-web-0 as logs: disconnect.implied',
    ]);
  });

  it('is governed by a headless Service', () => {
    expect(expectConnects(statefulSet, of({}), [service({ clusterIP: 'None' })])).toEqual([
      'governingService Service: governingService spec.serviceName -> Service/shop/db',
    ]);
  });

  it.each<[KubernetesObject, string]>([
    [service({}), 'connect.headless'],
    [service({ type: 'ExternalName', externalName: 'db.example.com' }), 'connect.externalName'],
    [service({ clusterIP: 'None' }, 'other'), 'connect.otherNamespace'],
  ])('is not governed by %j', (target, refused) => {
    expect(statefulSet.connections?.[0]?.connect(of({}), target)).toMatchObject({ refused });
  });

  it('takes any object', () => {
    const object = of({ serviceName: 'db', replicas: 2, ordinals: { start: 5 }, volumeClaimTemplates: claims });
    expectTotal(statefulSet, [object]);
  });
});

import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { expectConnects, expectExactDisconnects } from '../shared/testing/gesture-laws.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { horizontalPodAutoscaler as autoscaler } from './horizontalpodautoscaler.ts';

const of = (spec: JsonObject, apiVersion = 'autoscaling/v2'): KubernetesObject => ({
  apiVersion,
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'main' };
const busy = of({
  scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
  minReplicas: 3,
  maxReplicas: 10,
  metrics: [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } },
    {
      type: 'ContainerResource',
      containerResource: { name: 'memory', container: 'web', target: { averageValue: '1Gi' } },
    },
    { type: 'Pods', pods: { metric: { name: 'packets' }, target: { averageValue: '1k' } } },
    { type: 'Object', object: { metric: { name: 'requests' }, describedObject: ingress, target: { value: '2k' } } },
    {
      type: 'Object',
      object: { metric: { name: 'load' }, describedObject: { apiVersion: 'v1', kind: 'Node', name: 'w1' }, target: {} },
    },
    { type: 'External', external: { metric: { name: 'queue' }, target: { averageValue: 30 } } },
  ],
});

describe('HorizontalPodAutoscaler', () => {
  it('makes an object that scales the Deployment of its name', () => {
    expect(referenceLines(autoscaler.references(autoscaler.newObject('web', 'shop')))).toEqual([
      'scaleTarget spec.scaleTargetRef.name -> Deployment.apps/shop/web',
    ]);
  });

  it.each<[string, KubernetesObject, readonly string[]]>([
    [
      'v2',
      busy,
      [
        'scaleTarget spec.scaleTargetRef.name -> Deployment.apps/shop/web',
        'metric spec.metrics[3].object.describedObject.name -> Ingress.networking.k8s.io/shop/main',
        'metric spec.metrics[4].object.describedObject.name -> Node//w1',
      ],
    ],
    [
      'v2beta1, which called the described object target',
      of({ metrics: [{ type: 'Object', object: { metricName: 'requests', target: ingress } }] }, 'autoscaling/v2beta1'),
      ['metric spec.metrics[0].object.target.name -> Ingress.networking.k8s.io/shop/main'],
    ],
    [
      'v1, with a group of the past',
      of({ scaleTargetRef: { apiVersion: 'extensions/v1beta1', kind: 'Deployment', name: 'web' } }, 'autoscaling/v1'),
      ['scaleTarget spec.scaleTargetRef.name -> Deployment.extensions/shop/web'],
    ],
    [
      'extensions/v1beta1',
      of({ scaleRef: { kind: 'ReplicationController', name: 'web', subresource: 'scale' } }, 'extensions/v1beta1'),
      ['scaleTarget spec.scaleRef.name -> ReplicationController/shop/web'],
    ],
  ])('points at what it scales and measures: %s', (_, object, lines) => {
    expect(referenceLines(autoscaler.references(object))).toEqual(lines);
  });

  it.each<[KubernetesObject, JsonObject]>([
    [busy, { fact: '3–10', detail: 'cpu 80% · memory 1Gi · packets 1k · requests 2k · load · queue 30' }],
    [of({ maxReplicas: 5, targetCPUUtilizationPercentage: 60 }, 'autoscaling/v1'), { fact: '1–5', detail: 'cpu 60%' }],
    [
      of(
        { maxReplicas: 5, metrics: [{ resource: { name: 'cpu', targetAverageUtilization: 70 } }] },
        'autoscaling/v2beta1',
      ),
      { fact: '1–5', detail: 'cpu 70%' },
    ],
    [of({}), {}],
  ])('shows its bounds and metrics', (object, summary) => {
    expect(autoscaler.summary?.(object)).toEqual(summary);
  });

  it.each(['apps/v1 Deployment', 'apps/v1 StatefulSet', 'apps/v1 ReplicaSet', 'v1 ReplicationController'])(
    'can be pointed at %s',
    (type) => {
      const [apiVersion = '', kind = ''] = type.split(' ');
      const target: KubernetesObject = { apiVersion, kind, metadata: { name: 'other', namespace: 'shop' } };
      expect(expectConnects(autoscaler, busy, [target])).toHaveLength(1);
      expect(expectConnects(autoscaler, busy, [{ ...target, metadata: { name: 'other' } }])).toEqual([
        `scale ${kind}: connect.otherNamespace`,
      ]);
    },
  );

  it('loses a metric, but not what it scales', () => {
    expect(expectExactDisconnects(autoscaler, busy)).toEqual([
      'scaleTarget spec.scaleTargetRef.name -> Deployment.apps/shop/web: disconnect.required',
    ]);
  });

  it('takes any object', () => {
    expectTotal(autoscaler, [busy]);
  });
});

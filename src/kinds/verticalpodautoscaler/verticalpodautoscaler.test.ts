import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { expectTotal } from '../shared/testing/expect-total.ts';
import { expectConnects } from '../shared/testing/gesture-laws.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { verticalPodAutoscaler as autoscaler } from './verticalpodautoscaler.ts';

const of = (spec: JsonObject, version = 'v1'): KubernetesObject => ({
  apiVersion: `autoscaling.k8s.io/${version}`,
  kind: 'VerticalPodAutoscaler',
  metadata: { name: 'web', namespace: 'shop' },
  spec,
});
const target = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'report' };

describe('VerticalPodAutoscaler', () => {
  it('points at its workload', () => {
    expect(referenceLines(autoscaler.references(of({ targetRef: target })))).toEqual([
      'scaleTarget spec.targetRef.name -> CronJob.batch/shop/report',
    ]);
    expect(referenceLines(autoscaler.references(autoscaler.newObject('web')))).toEqual([
      'scaleTarget spec.targetRef.name -> Deployment.apps/default/web',
    ]);
  });

  it('selected Pods in v1beta1', () => {
    expect(referenceLines(autoscaler.references(of({ selector: { matchLabels: { app: 'web' } } }, 'v1beta1')))).toEqual(
      ['scaleTarget spec.selector -> pods app=web in shop'],
    );
  });

  it('can be pointed at a DaemonSet, and not at nothing', () => {
    const object = of({ targetRef: target });
    const log: KubernetesObject = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'log', namespace: 'shop' },
    };
    expect(expectConnects(autoscaler, object, [log])).toEqual([
      'scale DaemonSet: scaleTarget spec.targetRef.name -> DaemonSet.apps/shop/log',
    ]);
    expect(autoscaler.disconnect?.(object, autoscaler.references(object)[0]!)).toEqual({
      refused: 'disconnect.required',
    });
  });

  it('shows its mode', () => {
    expect(autoscaler.summary?.(of({ updatePolicy: { updateMode: 'Off' } }))).toEqual({ fact: 'updateMode Off' });
    expect(autoscaler.summary?.(of({}))).toEqual({});
  });

  it('takes any object', () => {
    expectTotal(autoscaler, [of({ targetRef: target, selector: {}, updatePolicy: { updateMode: 'Off' } })]);
  });
});

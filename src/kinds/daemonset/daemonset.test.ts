import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { expectWorkload, objectWith } from '../shared/testing/workload-laws.ts';
import { daemonSet } from './daemonset.ts';

const of = (spec: KubernetesObject['spec']) => objectWith(daemonSet, [], { spec });

describe('DaemonSet', () => {
  it('keeps what every workload keeps', () => {
    expectWorkload(daemonSet, ['spec', 'template']);
  });

  it('selects its Pods', () => {
    const matchExpressions = [{ key: 'tier', operator: 'NotIn', values: ['db'] }];
    expect(
      referenceLines(daemonSet.references(of({ selector: { matchLabels: { app: 'web' }, matchExpressions } }))),
    ).toEqual(['workloadSelector spec.selector -> pods app=web,tier notin (db) in shop']);
  });

  it('selects by the labels of the template where an old object says nothing', () => {
    const old = {
      ...of({ template: { metadata: { labels: { app: 'web' } }, spec: {} } }),
      apiVersion: 'extensions/v1beta1',
    };
    expect(referenceLines(daemonSet.references(old))).toEqual([
      'workloadSelector spec.template.metadata.labels -> pods app=web in shop',
    ]);
  });

  it('cannot be without its selector', () => {
    const object = of({ selector: { matchLabels: { app: 'web' } } });
    expect(daemonSet.disconnect?.(object, daemonSet.references(object)[0]!)).toEqual({
      refused: 'disconnect.required',
    });
  });

  it('does not say how many Pods there will be', () => {
    expect(daemonSet.summary?.(of({ template: { spec: { containers: [{ image: 'log' }] } } }))).toEqual({
      fact: 'log',
    });
  });
});

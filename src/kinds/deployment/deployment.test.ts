import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { expectWorkload, objectWith } from '../shared/testing/workload-laws.ts';
import { deployment } from './deployment.ts';

const of = (spec: KubernetesObject['spec']) => objectWith(deployment, [], { spec });

describe('Deployment', () => {
  it('keeps what every workload keeps', () => {
    expectWorkload(deployment, ['spec', 'template']);
  });

  it('selects its Pods', () => {
    const matchExpressions = [{ key: 'tier', operator: 'NotIn', values: ['db'] }];
    expect(
      referenceLines(deployment.references(of({ selector: { matchLabels: { app: 'web' }, matchExpressions } }))),
    ).toEqual(['workloadSelector spec.selector -> pods app=web,tier notin (db) in shop']);
  });

  it('selects by the labels of the template where an old object says nothing', () => {
    const old = {
      ...of({ template: { metadata: { labels: { app: 'web' } }, spec: {} } }),
      apiVersion: 'extensions/v1beta1',
    };
    expect(referenceLines(deployment.references(old))).toEqual([
      'workloadSelector spec.template.metadata.labels -> pods app=web in shop',
    ]);
  });

  it('cannot be without its selector', () => {
    const object = of({ selector: { matchLabels: { app: 'web' } } });
    expect(deployment.disconnect?.(object, deployment.references(object)[0]!)).toEqual({
      refused: 'disconnect.required',
    });
  });

  it('shows its image and how many Pods it asks for', () => {
    const template = { spec: { containers: [{ image: 'registry.example.com:5000/acme/web:1.4@sha256:abc' }] } };
    expect(deployment.summary?.(of({ replicas: 3, template }))).toEqual({ fact: 'web:1.4', pods: 3 });
    expect(deployment.summary?.(of({}))).toEqual({ pods: 1 });
  });
});

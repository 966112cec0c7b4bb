import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { expectWorkload, objectWith } from '../shared/testing/workload-laws.ts';
import { replicationController } from './replicationcontroller.ts';

const of = (spec: KubernetesObject['spec']) => objectWith(replicationController, [], { spec });

describe('ReplicationController', () => {
  it('keeps what every workload keeps', () => {
    expectWorkload(replicationController, ['spec', 'template']);
  });

  it('selects by a plain map, or by the labels of its template', () => {
    const lines = (spec: KubernetesObject['spec']) => referenceLines(replicationController.references(of(spec)));
    const template = { metadata: { labels: { app: 'web' } } };
    expect(lines({ selector: { app: 'web' } })).toEqual(['workloadSelector spec.selector -> pods app=web in shop']);
    const byTemplate = ['workloadSelector spec.template.metadata.labels -> pods app=web in shop'];
    expect(lines({ template })).toEqual(byTemplate);
    expect(lines({ selector: {}, template })).toEqual(byTemplate);
    expect(replicationController.references(of({ selector: {} }))).toEqual([]);
  });

  it('shows its image and how many Pods it asks for', () => {
    const template = { spec: { containers: [{ image: 'registry.example.com:5000/acme/web:1.4@sha256:abc' }] } };
    expect(replicationController.summary?.(of({ replicas: 3, template }))).toEqual({ fact: 'web:1.4', pods: 3 });
    expect(replicationController.summary?.(of({}))).toEqual({ pods: 1 });
  });
});

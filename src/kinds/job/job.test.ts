import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { expectWorkload, objectWith } from '../shared/testing/workload-laws.ts';
import { job } from './job.ts';

const of = (spec: KubernetesObject['spec']) => objectWith(job, [], { spec });

describe('Job', () => {
  it('keeps what every workload keeps', () => {
    expectWorkload(job, ['spec', 'template']);
  });

  it('must not start its containers again and again', () => {
    expect(job.newObject('backup')).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'backup' },
      spec: { template: { spec: { containers: [{ name: 'backup', image: 'nginx:1.27' }], restartPolicy: 'Never' } } },
    });
  });

  it('selects only what is written', () => {
    const template = { metadata: { labels: { app: 'web' } } };
    expect(job.references(of({ template }))).toEqual([]);
    expect(
      referenceLines(job.references(of({ manualSelector: true, selector: { matchLabels: { a: 'b' } }, template }))),
    ).toEqual(['workloadSelector spec.selector -> pods a=b in shop']);
  });

  it.each([
    [{}, { pods: 1 }],
    [{ parallelism: 4 }, { pods: 4 }],
    [
      { parallelism: 4, completions: 2 },
      { pods: 2, detail: 'completions 2' },
    ],
    [{ completions: 10 }, { pods: 1, detail: 'completions 10' }],
    [{ completions: 1 }, { pods: 1 }],
    [{ parallelism: 'many' }, { pods: 1 }],
  ])('shows how it runs: %j', (spec, summary) => {
    expect(job.summary?.(of(spec))).toEqual(summary);
  });
});

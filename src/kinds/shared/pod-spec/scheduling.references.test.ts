import { describe, expect, it } from 'vitest';
import { matchesLabels } from '../../../apimachinery/label-selector.ts';
import type { JsonObject } from '../../../base/json.ts';
import { referenceLines } from '../testing/reference-text.ts';
import { schedulingReferences } from './scheduling.references.ts';

const lines = (spec: JsonObject, labels: Record<string, string> = {}) =>
  referenceLines(schedulingReferences(spec, [], 'shop', new Map(Object.entries(labels)))).map((line) =>
    line.replace('requiredDuringSchedulingIgnoredDuringExecution', 'required'),
  );
const required = (term: JsonObject): JsonObject => ({
  affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } },
});
const labelSelector = { matchLabels: { app: 'web' } };

const nodeAffinity = (nodeSelectorTerms: JsonObject[]): JsonObject => ({
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } },
});

describe('the namespaces of a Pod affinity term', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['neither written: its own', {}, ['shop']],
    ['an empty list and a null selector', { namespaces: [], namespaceSelector: null }, ['shop']],
    ['a list', { namespaces: ['a', 'b'] }, ['a,b']],
    ['a selector', { namespaceSelector: { matchLabels: { team: 'x' } } }, ['{team=x}']],
    ['an empty selector: all', { namespaceSelector: {}, namespaces: ['a'] }, ['all']],
    [
      'both, together',
      { namespaceSelector: { matchLabels: { team: 'x' } }, namespaces: ['a', 'b'] },
      ['a,b', '{team=x}'],
    ],
    ['a selector of names', { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a' } } }, ['a']],
  ])('%s', (_, term, expected) => {
    const found = lines(required({ labelSelector, ...term })).map((line) => / in (\S+)/.exec(line)?.[1]);
    expect(found).toEqual(expected);
  });
});

describe('the Pods of a term', () => {
  it.each<[string, JsonObject, string]>([
    ['all of them', { labelSelector: {} }, '<none>'],
    [
      'with the label that the Pod has itself',
      { labelSelector, matchLabelKeys: ['track'] },
      'app=web,track in (stable)',
    ],
    ['without that label', { labelSelector, mismatchLabelKeys: ['track'] }, 'app=web,track notin (stable)'],
    ['a label that the Pod has not', { labelSelector, matchLabelKeys: ['absent'] }, 'app=web'],
  ])('%s', (_, term, selector) => {
    expect(lines(required(term), { track: 'stable' })).toEqual([
      `podAffinity affinity.podAffinity.required[0].labelSelector -> pods ${selector} in shop`,
    ]);
  });

  it('are none without a selector', () => {
    expect(lines(required({ topologyKey: 'zone' }))).toEqual([]);
    expect(lines({ topologySpreadConstraints: [{ topologyKey: 'zone' }] })).toEqual([]);
  });
});

describe('the Nodes of an affinity', () => {
  it('match any term that says something', () => {
    expect(lines(nodeAffinity([{}, { matchExpressions: [{ key: 'cores', operator: 'Lt', values: ['9'] }] }]))).toEqual([
      'nodeAffinity affinity.nodeAffinity.required.nodeSelectorTerms -> Node cores<9 in all',
    ]);
    expect(lines(nodeAffinity([{}]))).toEqual([]);
  });

  it('are none for a condition that nobody understands', () => {
    const spec = nodeAffinity([{ matchExpressions: [{ key: 'a', operator: 'Like', values: ['b'] }] }]);
    const [reference] = schedulingReferences(spec, [], 'shop', new Map());
    const terms = reference?.target.by === 'objects' ? reference.target.anyOf : [];
    expect(terms.map(({ labels }) => matchesLabels(labels, new Map([['a', 'b']])))).toEqual([false]);
  });
});

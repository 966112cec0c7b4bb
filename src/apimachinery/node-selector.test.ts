import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import { labelSelectorString } from './label-selector.ts';
import * as nodes from './node-selector.ts';
import * as cases from './testdata/node-selector.cases.ts';

function node({ name = '', labels = {} }: cases.NodeRow): nodes.SelectableNode {
  return { name, labels: new Map(Object.entries(labels)) };
}

describe('a node selector', () => {
  upstreamEach(cases.SOURCE, 'TestNodeSelectorMatch')(cases.SELECTORS)('%s', (_, value, row, problems, matches) => {
    const selector = nodes.parseNodeSelector(value);
    expect(nodes.nodeSelectorProblems(selector)).toEqual(problems);
    expect(nodes.matchesNodeSelector(selector, row && node(row))).toBe(matches);
  });

  upstreamEach(cases.SOURCE, 'TestMatchNodeSelectorTerms')(cases.TERMS)('terms: %s', (_, value, row, matches) => {
    expect(nodes.matchesNodeSelector(nodes.parseNodeSelector(value), row && node(row))).toBe(matches);
  });

  upstreamEach(cases.SOURCE, 'TestNodeSelectorRequirementsAsSelector')(cases.REQUIREMENTS)(
    'requirements %j',
    (value, text, problems) => {
      const selector = nodes.readLabels(value, 'root');
      expect(selector.invalid ?? []).toEqual(problems);
      if (text === 'nothing') expect(selector.nothing).toBe(true);
      else if (text !== '') expect(labelSelectorString(selector)).toBe(text);
    },
  );

  upstreamEach(cases.SOURCE, 'TestMatchNodeSelectorTermsStateless')(cases.UNCHANGED)('stays as it is: %j', (value) => {
    const before = JSON.stringify(value);
    nodes.matchesNodeSelector(
      nodes.parseNodeSelector(value),
      node({ name: 'host_1', labels: { label_1: 'label_1_val' } }),
    );
    expect(JSON.stringify(value)).toBe(before);
  });

  test('a malformed term does not stop another from matching', () => {
    const selector = nodes.parseNodeSelector({
      nodeSelectorTerms: [
        { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['x'] }] },
        { matchExpressions: [{ key: 'a', operator: 'Exists' }] },
        { matchExpressions: [{ key: 'a', operator: 'In', values: [1] }] },
        'a=b',
      ],
    });
    expect(nodes.nodeSelectorProblems(selector)).toHaveLength(2);
    expect(nodes.matchesNodeSelector(selector, node({ labels: { a: '1' } }))).toBe(true);
  });
});

describe('preferences', () => {
  upstreamEach(cases.SOURCE, 'TestPreferredSchedulingTermsScore')(cases.PREFERENCES)(
    '%s',
    (_, value, row, problems, score) => {
      const terms = nodes.parsePreferredSchedulingTerms(value);
      expect(terms.flatMap(({ term }) => term.invalid ?? [])).toEqual(problems);
      expect(nodes.preferenceScore(terms, node(row))).toBe(score);
    },
  );
});

describe('what a Pod demands', () => {
  upstreamEach(cases.SOURCE, 'TestPodMatchesNodeSelectorAndAffinityTerms')(cases.PODS)(
    '%s',
    (_, spec, row, matches) => {
      expect(nodes.matchesRequiredNodeAffinity(nodes.requiredNodeAffinity(spec), node(row))).toBe(matches);
    },
  );
});

test("every row of upstream's tables is here", () => {
  const { SELECTORS, PREFERENCES, REQUIREMENTS, PODS, TERMS, UNCHANGED } = cases;
  expect([SELECTORS, PREFERENCES, REQUIREMENTS, PODS, TERMS, UNCHANGED].map((table) => table.length)).toEqual([
    5, 3, 7, 27, 10, 9,
  ]);
});

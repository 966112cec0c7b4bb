import { describe, expect } from 'vitest';
import type { GroupVersionKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import type { Operation } from '../admission-request.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import { matchResources } from './match-resources.ts';
import type { GroupVersionResource } from './policy-request.ts';
import { ruleMatches } from './rule-matches.ts';
import type { Asked } from './testing/forms-of-deployments.ts';
import { formsOf, requestLike } from './testing/forms-of-deployments.ts';
import table from './testdata/matching.upstream.json' with { type: 'json' };

interface MatchRow {
  readonly name: string;
  readonly criteria: JsonObject;
  readonly request: Asked;
  readonly matches?: boolean;
  readonly kind?: GroupVersionKind;
  readonly resource?: GroupVersionResource;
  readonly error?: string;
}

describe('what policies are about', () => {
  const source = upstreamSource('admission', table.sources.matching);
  upstreamEach(source, 'TestMatcher')(table.matching as unknown as readonly MatchRow[])('$name', (row) => {
    const match = matchResources(row.criteria, requestLike(row.request), clusterOf([]), formsOf);
    if (row.error !== undefined) expect(match).toEqual({ problem: expect.stringContaining(row.error) });
    else if (row.matches !== true) expect(match).toBeUndefined();
    else
      expect(match).toMatchObject({
        ...(row.kind && { kind: row.kind }),
        ...(row.resource && { resource: row.resource }),
      });
  });
});

interface RuleRow {
  readonly test: string;
  readonly name: string;
  readonly rule: JsonObject;
  readonly match: readonly RuleRequest[];
  readonly noMatch: readonly RuleRequest[];
}

interface RuleRequest extends GroupVersionResource {
  readonly subresource: string;
  readonly name: string;
  readonly operation: Operation;
  readonly namespace: string;
}

describe('rules', () => {
  const source = upstreamSource('admission', table.sources.rules);
  const rows = (table.rules as unknown as readonly RuleRow[]).flatMap(({ test, name, rule, match, noMatch }) => [
    ...match.map((request, index) => [`${test}/${name}_match_${index}`, test, rule, request, true] as const),
    ...noMatch.map((request, index) => [`${test}/${name}_nomatch_${index}`, test, rule, request, false] as const),
  ]);
  upstreamEach(source)(rows)('%s', (_, test, rule, { group, version, resource, ...rest }, wanted) => {
    // Each of upstream's tests asks one part of the rule.
    const others = { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'] };
    const asked = test === 'TestScope' ? { ...rule, ...others } : { ...others, ...rule };
    const form = { group, version, resource };
    expect(ruleMatches(asked, requestLike({ ...rest, resource: form }), form)).toBe(wanted);
  });
});

interface ObjectRow {
  readonly name: string;
  readonly selector: JsonObject;
  readonly request: Asked;
  readonly matches: boolean;
}

describe('selectors', () => {
  const source = upstreamSource('admission', table.sources.objects);
  const leftOut = {
    'does not match object that does not implement Object interface':
      'an object without metadata, which no request has',
    'empty selector matches everything, including object that does not implement Object interface':
      'an object without metadata, which no request has',
  };
  upstreamLeftOut(source, leftOut);
  const rows = (table.objects as unknown as readonly ObjectRow[]).filter(({ name }) => !Object.hasOwn(leftOut, name));
  upstreamEach(source, 'TestObjectSelector')(rows)('$name', ({ selector, request, matches }) => {
    const criteria = { namespaceSelector: {}, objectSelector: selector };
    expect(matchResources(criteria, requestLike(request), clusterOf([]), () => []) !== undefined).toBe(matches);
  });

  const named = (name: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { runlevel: name } },
  });
  const asked = { subresource: '', operation: 'CREATE', name: 'mock-name', namespace: '1' } as const;
  const namespaces = { resource: { resource: 'namespaces' } };
  upstreamEach(
    upstreamSource('admission', table.sources.namespaces),
    'TestGetNamespaceLabels',
  )([
    [
      'creating a namespace: labels of the object itself',
      { ...asked, ...namespaces, namespace: '', object: named('2') },
      '2',
    ],
    [
      'updating a namespace: labels of the new object',
      { ...asked, ...namespaces, operation: 'UPDATE', namespace: '2', object: named('2') },
      '2',
    ],
    [
      'deleting a namespace: labels of the cache',
      { ...asked, ...namespaces, operation: 'DELETE', object: named('2') },
      '1',
    ],
    ['finalizers of a namespace', { ...asked, ...namespaces, subresource: 'finalizers' }, '1'],
    ['a Pod', { ...asked, resource: { resource: 'pods' } }, '1'],
  ] satisfies readonly (readonly [string, Asked, string])[])('%s', (_, request, level) => {
    const matches = ['1', '2'].filter((runlevel) => {
      const criteria = { namespaceSelector: { matchLabels: { runlevel } }, objectSelector: {} };
      return matchResources(criteria, requestLike(request), clusterOf([named('1')]), () => []) !== undefined;
    });
    expect(matches).toEqual([level]);
  });

  upstreamEach(upstreamSource('admission', table.sources.namespaces))([['TestNotExemptClusterScopedResource']])(
    '%s',
    () => {
      const request = requestLike({ ...asked, namespace: '', resource: { version: 'v1', resource: 'nodes' } });
      const criteria = { namespaceSelector: { matchLabels: { a: 'b' } }, objectSelector: {} };
      expect(matchResources(criteria, request, clusterOf([]), () => [])).toBeDefined();
    },
  );
});

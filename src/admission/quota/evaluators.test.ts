import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { formatQuantity } from '../../apimachinery/quantity.ts';
import { parseTime } from '../../apimachinery/time.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../../base/testing/upstream-table.ts';
import { clusterOf } from '../testing/cluster-of.ts';
import { evaluatorOf } from './evaluators.ts';
import { scopeRequirementOf } from './scopes.ts';

interface EvaluatorCase {
  readonly name: string;
  readonly function: 'Usage' | 'Constraints' | 'MatchingScopes';
  readonly resource: string;
  readonly object: KubernetesObject;
  readonly usage?: Readonly<Record<string, string>>;
  readonly counted?: readonly string[];
  readonly scopes?: readonly JsonObject[];
  readonly matched?: readonly JsonObject[];
  readonly error?: string;
}

const file = new URL('../testdata/quota-evaluators.upstream.json', import.meta.url);
const { source, cases } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly source: string;
  readonly cases: readonly EvaluatorCase[];
};

const LEFT_OUT = /^TestResourceClaimEvaluatorUsage\/.*(?:extended|implicit)/;
const run = cases.filter(({ name }) => !LEFT_OUT.test(name));

describe("quota counts as upstream's does", () => {
  const upstream = upstreamSource('admission', source);
  upstreamLeftOut(upstream, {
    'TestResourceClaimEvaluatorUsage/…extended…, …implicit…': {
      count: cases.length - run.length,
      reason: 'the evaluator knows device classes and Pods, which the recorded case does not tell',
    },
  });

  // Upstream's clock stands where the Pod is deleted whose grace period is not over.
  const deleted = cases.find(({ name }) => name.endsWith('deletion_timestamp_not_exceeded'))?.object;
  const now = stringAt(deleted, 'metadata', 'deletionTimestamp') ?? '';
  const cluster = clusterOf([], { nowMs: Number((parseTime(now) ?? 0n) / 1_000_000n) });
  const outcome = (given: EvaluatorCase): unknown => {
    const evaluator = evaluatorOf(given.resource);
    if (given.function === 'Usage') {
      const usage = [...evaluator.usage(given.object, cluster)];
      return Object.fromEntries(usage.map(([name, quantity]) => [name, formatQuantity(quantity)]));
    }
    if (given.function === 'Constraints') return evaluator.missing?.(given.counted ?? [], given.object) ?? '';
    return (given.scopes ?? []).filter((scope) => evaluator.isInScope?.(scopeRequirementOf(scope), given.object));
  };
  upstreamEach(upstream)(run)('$name, $function', (given) => {
    expect(outcome(given)).toEqual(expected(given));
  });
});

function expected(given: EvaluatorCase): unknown {
  if (given.function === 'Usage') return given.usage;
  return given.function === 'Constraints' ? (given.error ?? '') : (given.matched ?? []);
}

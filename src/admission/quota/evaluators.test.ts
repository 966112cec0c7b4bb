import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { formatQuantity } from '../../apimachinery/quantity.ts';
import { parseTime } from '../../apimachinery/time.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
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
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly EvaluatorCase[] };

/** Upstream hands these an evaluator that knows device classes and Pods, which the recorded case does not tell. */
const LEFT_OUT = /^TestResourceClaimEvaluatorUsage\/.*(?:extended|implicit)/;
const run = cases.filter(({ name }) => !LEFT_OUT.test(name));

test(`quota counts as upstream's does in ${run.length} of ${cases.length} cases`, () => {
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
  expect(run.map((given) => [given.name, outcome(given)])).toEqual(run.map((given) => [given.name, expected(given)]));
});

function expected(given: EvaluatorCase): unknown {
  if (given.function === 'Usage') return given.usage;
  return given.function === 'Constraints' ? (given.error ?? '') : (given.matched ?? []);
}

/**
 * The rules of an API server that people meet most, numbered from 1 to 248: for each an object that it refuses, at a field,
 * for a reason and in words, and one that it accepts. The rules that need a server
 * with other objects stand in `validity-rules-server.test.ts`.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../src/apimachinery/object.ts';
import type { JsonValue } from '../../src/base/json.ts';
import { NO_CUSTOM_RESOURCES } from '../../src/kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../src/kinds/index.ts';
import { judgeUpdate } from '../../src/kinds/judge-update.ts';
import { judge } from '../../src/kinds/judge.ts';
import { preloadStrategies } from '../../src/kinds/strategies.ts';
import type { Verdict } from '../../src/kinds/verdict.ts';
import { preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import { CREATE_RULES, GONE, SEEDS, UPDATE_RULES } from './testdata/validity-rules.ts';
import type { Change, ValidityRule } from './testdata/validity-rules.ts';

const context = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };

beforeAll(async () => {
  const groups = Object.values(SEEDS).map(({ apiVersion }) =>
    apiVersion.includes('/') ? apiVersion.split('/')[0]! : '',
  );
  await Promise.all([preloadSchemas(new Set(groups)), preloadStrategies()]);
});

function changed(seed: ValidityRule['seed'], change: Change): KubernetesObject {
  const object = structuredClone(SEEDS[seed]) as unknown as KubernetesObject;
  for (const [path, value] of Object.entries(change)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    let holder = object as unknown as Record<string, JsonValue>;
    for (const key of keys) holder = (holder[key] ??= {}) as unknown as Record<string, JsonValue>;
    if (value === GONE) delete holder[last];
    else holder[last] = structuredClone(value);
  }
  return object;
}

function expectRefused({ field, reason, words }: ValidityRule, verdict: Verdict): void {
  expect(verdict.valid).toBe(false);
  const [first] = verdict.errors;
  const told = first ?? { field: '', reason: verdict.reason, message: verdict.message };
  expect({ field: told.field, reason: told.reason }).toEqual({ field, reason });
  expect(told.message).toContain(words);
}

describe.each(CREATE_RULES)('$number $id', (rule) => {
  it('accepts', () => {
    const { valid, errors, message } = judge(changed(rule.seed, rule.accepted), context);
    expect({ valid, errors, message: valid ? '' : message }).toEqual({ valid: true, errors: [], message: '' });
  });
  it('refuses', () => expectRefused(rule, judge(changed(rule.seed, rule.refused), context)));
});

describe.each(UPDATE_RULES)('$number $id', (rule) => {
  const old = changed(rule.seed, {});
  it('accepts', () => {
    const { valid, errors } = judgeUpdate(changed(rule.seed, rule.accepted), old, context);
    expect({ valid, errors }).toEqual({ valid: true, errors: [] });
  });
  it('refuses', () => expectRefused(rule, judgeUpdate(changed(rule.seed, rule.refused), old, context)));
});

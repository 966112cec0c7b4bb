import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { upstreamEach } from '../../base/testing/upstream-table.ts';
import { podStrategy } from '../../kinds/pod/pod.strategy.ts';
import { checkedPod } from './check.ts';
import { CHECKS } from './checks.ts';
import { detailsOf, evaluatePod } from './evaluate.ts';
import checkCases from './testdata/check-cases.upstream.json' with { type: 'json' };
import fixtures from './testdata/fixtures.upstream.json' with { type: 'json' };

interface CheckCase {
  readonly file: string;
  readonly case: string;
  readonly check: string;
  readonly version: number;
  readonly metadata?: JsonObject;
  readonly spec: JsonObject;
  readonly reason?: string;
  readonly detail?: string;
}

const sourceOf = (file: string) =>
  ({ area: 'admission', file: `staging/src/k8s.io/pod-security-admission/${file}`, release: '1.36.2' }) as const;

/** Cases of policy/check_*_test.go of k8s.io/pod-security-admission, 1.36.2: each asks one version of one check. */
describe('each check', () => {
  upstreamEach(({ file }: CheckCase) => sourceOf(file))(checkCases as unknown as readonly CheckCase[])(
    '$check v1.$version: $case',
    ({ check, version, metadata, spec, reason, detail }) => {
      const rule = CHECKS.find(({ id }) => id === check)?.versions.find(({ since }) => since === version);
      const violation = rule?.check(checkedPod(metadata, spec));
      expect(violation && [violation.reason, violation.detail]).toEqual(
        reason === undefined ? undefined : [reason, detail],
      );
    },
  );
});

interface Fixture {
  readonly level: 'baseline' | 'restricted';
  readonly name: string;
  /** Minors of the policy versions, from and to. */
  readonly versions: readonly (readonly [number, number])[];
  /** Words that the refusal holds; none where the Pod passes. */
  readonly refused?: string;
  readonly metadata?: JsonObject;
  readonly spec: JsonObject;
}

/**
 * test/testdata of k8s.io/pod-security-admission, 1.36.2: Pods that pass or fail at a level and a version, told once for
 * all versions at which they stand.
 */
describe('fixtures', () => {
  const versionsOf = (ranges: Fixture['versions']): readonly number[] =>
    ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));

  test('all are here', () => {
    const all = (fixtures as unknown as readonly Fixture[]).flatMap(({ versions }) => versionsOf(versions));
    expect(all).toHaveLength(4241);
  });

  upstreamEach(sourceOf('test/testdata'))(fixtures as unknown as readonly Fixture[])(
    '$level/$name',
    ({ level, name, versions, refused, metadata, spec }) => {
      const pod = podStrategy.setDefaults({ apiVersion: 'v1', kind: 'Pod', spec });
      const wrong = versionsOf(versions).flatMap((version) => {
        const told = detailsOf(evaluatePod({ level, version }, metadata, objectAt(pod, 'spec') ?? {}, 36));
        const isRight = refused === undefined ? told === '' : told.includes(refused);
        return isRight ? [] : [`${name} v1.${version}: ${told}`];
      });
      expect(wrong).toEqual([]);
    },
  );
});

test('checks are asked level by level, by id', () => {
  expect(CHECKS.map(({ id }) => id)).toEqual([
    ...CHECKS.filter(({ level }) => level === 'baseline')
      .map(({ id }) => id)
      .sort(),
    ...CHECKS.filter(({ level }) => level === 'restricted')
      .map(({ id }) => id)
      .sort(),
  ]);
});

test('a version newer than the server is the server’s own, and an older server knows no newer rules', () => {
  const spec = { containers: [{ name: 'a', startupProbe: { httpGet: { host: 'localhost' } } }] };
  const reasons = (version: number | 'latest', release: number): readonly string[] =>
    evaluatePod({ level: 'baseline', version }, undefined, spec, release).map(({ reason }) => reason);
  expect(reasons('latest', 36)).toEqual(['probe or lifecycle host']);
  expect(reasons(99, 36)).toEqual(['probe or lifecycle host']);
  expect(reasons('latest', 33)).toEqual([]);
  expect(reasons(34, 33)).toEqual([]);
  expect(reasons(33, 36)).toEqual([]);
});

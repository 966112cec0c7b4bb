import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { groupVersionKindOf } from '../../src/apimachinery/group-version-kind.ts';
import { preloadStrategies } from '../../src/kinds/strategies.ts';
import { preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import { RECORDED, manifestCases, mutationCases } from './cases.ts';
import { compareAnswer } from './compare.ts';
import type { Comparison } from './compare.ts';
import { DIFFERENCES, PINNED_DIFFERENCES, PINNED_STORED_DIFFERENCES, STORED_DIFFERENCES } from './differences.ts';
import { ours } from './ours.ts';

const ids = (found: readonly Comparison[]): readonly string[] => found.map((one) => one.case.id);

describe.skipIf(!existsSync(RECORDED))('agreement with a recorded API server', () => {
  let mutations: readonly Comparison[] = [];
  let manifests: readonly Comparison[] = [];

  beforeAll(async () => {
    const cases = [...mutationCases(), ...manifestCases()];
    const groups = cases.map(({ object }) => groupVersionKindOf(object).group);
    await Promise.all([preloadSchemas(['', ...groups]), preloadStrategies()]);
    mutations = mutationCases().map((one) => compareAnswer(one, () => ours(one)));
    manifests = manifestCases().map((one) => compareAnswer(one, () => ours(one)));
  });

  test('nothing makes the validator fail', () => {
    expect(ids([...mutations, ...manifests].filter(({ crash }) => crash !== undefined))).toEqual([]);
  });

  test('nothing that the server accepted is refused', () => {
    const told = [...mutations, ...manifests].filter(({ accepted }) => accepted === true);
    expect(told.length).toBeGreaterThan(950);
    expect(ids(told.filter(({ sameVerdict }) => !sameVerdict))).toEqual([]);
  });

  test('what the server refused is refused at the same field for the same reason', () => {
    const told = mutations.filter(({ accepted }) => accepted === false);
    const refused = told.filter(({ sameVerdict }) => sameVerdict);
    expect(refused.length / told.length).toBeGreaterThan(0.97);
    const first = told.filter(({ sameFirst }) => sameFirst !== undefined);
    expect(ids(first.filter(({ sameFirst }) => sameFirst === false))).toEqual([]);
  });

  test('the stored object is the same', () => {
    const stored = manifests.filter((one) => one.stored !== undefined);
    expect(stored.filter((one) => one.stored!.length === 0).length / stored.length).toBeGreaterThan(0.96);
  });
});

test('every listed difference says why, and where that stands', () => {
  for (const { because, source } of [
    ...DIFFERENCES,
    ...STORED_DIFFERENCES,
    ...PINNED_DIFFERENCES,
    ...PINNED_STORED_DIFFERENCES,
  ]) {
    expect(because).toMatch(/\S+ \S+/);
    expect(source).toMatch(/\S/);
  }
});

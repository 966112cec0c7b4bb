import { beforeAll, describe, expect, test } from 'vitest';
import { groupVersionKindOf } from '../../src/apimachinery/group-version-kind.ts';
import { preloadStrategies } from '../../src/kinds/strategies.ts';
import { preloadSchemas } from '../../src/openapi/built-in-schemas.ts';
import { compareAnswer } from './compare.ts';
import type { Comparison } from './compare.ts';
import { pinnedReleaseCases } from './oracle-data.ts';
import { ours } from './ours.ts';

/** What has been reached; it may only rise. `npm run agreement` tells the figures and what is not right. */
const FLOOR = { verdict: 0.9999, first: 0.9995, words: 0.999, causes: 0.995, stored: 0.9999, warnings: 0.9999 };

describe('agreement with the pinned release', () => {
  let all: readonly Comparison[] = [];

  beforeAll(async () => {
    const cases = pinnedReleaseCases();
    const groups = cases.map(({ object }) => groupVersionKindOf(object).group);
    await Promise.all([preloadSchemas(['', ...groups]), preloadStrategies()]);
    all = cases.map((one) => compareAnswer(one, () => ours(one)));
  }, 60_000);

  const share = (of: (one: Comparison) => boolean | undefined): number => {
    const told = all.map(of).filter((same) => same !== undefined);
    return told.filter(Boolean).length / told.length;
  };

  test('nothing makes the validator fail', () => {
    expect(all.filter(({ crash }) => crash !== undefined).map((one) => one.case.id)).toEqual([]);
  });

  test('the verdict is the same', () => {
    expect(share(({ accepted, sameVerdict }) => (accepted === undefined ? undefined : sameVerdict))).toBeGreaterThan(
      FLOOR.verdict,
    );
  });

  test('a refusal names the same fields for the same reasons in the same words', () => {
    expect(share(({ sameFirst }) => sameFirst)).toBeGreaterThan(FLOOR.first);
    expect(share(({ sameWords }) => sameWords)).toBeGreaterThan(FLOOR.words);
    expect(share(({ sameCauses }) => sameCauses)).toBeGreaterThan(FLOOR.causes);
  });

  test('an accepted object is stored alike, with the same warnings', () => {
    expect(share(({ stored }) => stored && stored.length === 0)).toBeGreaterThan(FLOOR.stored);
    expect(share(({ sameWarnings }) => sameWarnings)).toBeGreaterThan(FLOOR.warnings);
  });
});

import { expect, test } from 'vitest';
import { compareVersions } from './version-priority.ts';

/** The order in the documentation of versions in CustomResourceDefinition. */
const ORDERED = ['v10', 'v2', 'v1', 'v11beta2', 'v10beta3', 'v3beta1', 'v12alpha1', 'v11alpha2', 'foo1', 'foo10'];

test('the preferred version comes first', () => {
  expect([...ORDERED].reverse().sort(compareVersions)).toEqual(ORDERED);
});

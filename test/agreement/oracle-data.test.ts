import { describe, expect, it } from 'vitest';
import { pinnedReleaseCases } from './oracle-data.ts';

const cases = pinnedReleaseCases();

describe('recorded answers of the pinned release', () => {
  it('are many, each under a name of its own', () => {
    expect(cases.length).toBeGreaterThan(10_000);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it('hold the stored object where the server accepted, and a reason where it refused', () => {
    for (const { id, answer } of cases) {
      const isWhole = answer.accepted
        ? answer.stored !== undefined && (answer.code === 200 || answer.code === 201)
        : answer.causes.length > 0 || answer.message !== '';
      expect(isWhole, id).toBe(true);
    }
  });

  it('hold the old object of every update', () => {
    for (const { id, op, old } of cases) expect(old !== undefined, id).toBe(op === 'update');
  });
});

import { describe } from 'vitest';
import type { KindStrategy } from '../../strategy.ts';
import { expectUpstreamCases } from './validation-table.ts';

/** For tests: what a real API server of the release said of changed objects, in its words and its order. */
export function expectRecordedAnswers(strategy: KindStrategy, table: unknown, count: number): void {
  describe('recorded answers', () => {
    expectUpstreamCases(table, count, (written, writtenOld) => {
      const defaulted = strategy.setDefaults(written);
      if (writtenOld === undefined) return strategy.validate(strategy.prepareForCreate?.(defaulted) ?? defaulted);
      const old = strategy.setDefaults(writtenOld);
      const object = strategy.prepareForUpdate?.(defaulted, old) ?? defaulted;
      return [...strategy.validate(object, old), ...(strategy.validateUpdate?.(object, old) ?? [])];
    });
  });
}

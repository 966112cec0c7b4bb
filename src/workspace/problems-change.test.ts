import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Problem } from '../design/problem.ts';
import { applyProblemsChange, problemsChange, problemsParts } from './problems-change.ts';

const problem = (record: string): Problem => ({
  id: 'lint.host-pid',
  severity: 'warning',
  record,
  field: ['spec', 'hostPID'],
  params: {},
});
const lists = fc.array(fc.constantFrom('a', 'b', 'c').map(problem), { maxLength: 8 });

it('turns one list into the other, whole or in parts', () => {
  fc.assert(
    fc.property(lists, lists, (before, after) => {
      const change = problemsChange(before, after);
      expect(applyProblemsChange(before, change)).toEqual(after);
      let now: readonly Problem[] = before;
      const parts = problemsParts(change);
      for (let part = parts.next(); ; part = parts.next()) {
        now = applyProblemsChange(now, part.value);
        if (part.done) break;
      }
      expect(now).toEqual(after);
    }),
  );
});

it('sends what is new alone, and cuts what is long', () => {
  const before = Array.from({ length: 5_000 }, (_, index) => problem(`r${index}`));
  const after = before.with(2_500, problem('new'));
  expect(problemsChange(before, after)).toEqual({ start: 2_500, removed: 1, added: [problem('new')] });
  expect(applyProblemsChange(before, problemsChange(before, [...before]))).toBe(before);
  expect([...problemsParts(problemsChange([], before))]).toHaveLength(2);
});

import { expect, it } from 'vitest';
import type { UpstreamCaseMeta } from '../../src/base/testing/upstream-table.ts';
import { figuresOf } from './figures.ts';

const META: UpstreamCaseMeta = { area: 'validation', file: 'pkg/x/x_test.go', release: '1.36.2', name: 'TestX/a' };
const ran = (change: Partial<UpstreamCaseMeta> = {}, passed = true) => ({ meta: { ...META, ...change }, passed });

it('counts what passes and what is left out, recorded answers apart', () => {
  const recorded = ran({ file: 'kube-apiserver', recorded: true });
  const leftOut = [{ ...META, name: 'TestY', count: 3, reason: 'a gate' }];
  const { lines, faults } = figuresOf([ran(), ran({ name: 'TestX/b' }), recorded], leftOut);
  expect(faults).toEqual([]);
  expect(lines).toContain('  validation: pkg/x/x_test.go (1.36.2): passed 2 of 5, 3 left out with reasons');
  expect(lines).toContain('  3 of pkg/x/x_test.go: a gate');
  expect(lines).toContain('all: passed 2 of 5, 3 left out with reasons');
  expect(lines).toContain('  validation: kube-apiserver (1.36.2): passed 1 of 1');
});

it.each([
  ['a failing case', [ran({}, false)], 'failed: pkg/x/x_test.go TestX/a'],
  ['a case without file', [ran({ file: '' })], 'no upstream file'],
  ['a case without release', [ran({ release: '' })], 'no release'],
  ['a case without name', [ran({ name: ' ' })], 'no name'],
  ['no case at all', [], 'no case was run'],
])('%s is a fault', (_, cases, fault) => {
  expect(figuresOf(cases, []).faults.join('\n')).toContain(fault);
});

it('a case left out without reason is a fault', () => {
  expect(figuresOf([ran()], [{ ...META, count: 1, reason: '' }]).faults).toEqual(['no reason: TestX/a']);
});

import { expect, it } from 'vitest';
import { momentHash, readMomentHash } from './moment-link.ts';

it('carries a run and a step through an address, and is none when it was cut off', () => {
  const moment = { name: '商城 "shop"', script: 'kind: Script\n'.repeat(200), seq: 1616 };
  const hash = momentHash(moment);
  expect(hash).toMatch(/^#moment=[\w-]+$/);
  expect(hash.length).toBeLessThan(200);
  expect(readMomentHash(hash)).toEqual(moment);
  expect(readMomentHash(hash.slice(0, -20))).toBeUndefined();
  expect(readMomentHash('#else')).toBeUndefined();
  expect(readMomentHash('')).toBeUndefined();
});

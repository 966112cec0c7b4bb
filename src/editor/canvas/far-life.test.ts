import { expect, it } from 'vitest';
import type { CardLife } from '../simulation/card-life.ts';
import { farLifeOf } from './far-life.ts';

const refusal = { code: 409, reason: 'Conflict', message: '', causes: [] };
const counts = (ready: number, desired: number) => ({ counts: { ready, desired, current: desired } });

it.each<readonly [string, CardLife, Partial<ReturnType<typeof farLifeOf>>]>([
  ['a roll-out that is on its way', { isThere: true, ...counts(1, 4) }, { fares: 'waits', share: 0.25, figure: '1/4' }],
  ['one that is complete', { isThere: true, ...counts(4, 4) }, { fares: 'well', share: 1 }],
  ['one that wants no Pod', { isThere: true, ...counts(0, 0) }, { fares: 'well', share: 1 }],
  ['a change that was refused', { isThere: true, ...counts(4, 4), refusal }, { fares: 'refused', share: 1 }],
  ['what is not there yet', { isThere: false }, { isThere: false, fares: 'waits', share: undefined, figure: '–' }],
  ['a ConfigMap', { isThere: true }, { isThere: true, fares: 'well', share: undefined, figure: '' }],
  ['a Node that is gone', { isThere: true, node: 'Unknown', pods: [] }, { fares: 'waits', share: undefined }],
])('says of %s how it fares', (_name, life, far) => {
  expect(farLifeOf(life)).toMatchObject(far);
});

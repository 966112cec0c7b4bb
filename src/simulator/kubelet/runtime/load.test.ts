import { expect, it } from 'vitest';
import type { JsonObject } from '../../../base/json.ts';
import type { Behaviour } from '../../behaviour/behaviour.ts';
import type { RuntimeContainer } from '../pod-runtime.ts';
import type { Load } from './load.ts';
import { NO_LOAD, answered, rateOf, requestUse, withRequest } from './load.ts';

function container(behaviour: Partial<Behaviour>, limits: JsonObject = {}): RuntimeContainer {
  const names = { id: '1', podUid: 'u', sandbox: 's', name: 'c', image: 'nginx', reason: '' };
  const numbers = { attempt: 0, startedAtMs: 10_000, finishedAtMs: 0, exitCode: 0 };
  return { ...names, ...numbers, state: 'running', behaviour: { match: {}, ...behaviour }, resources: { limits } };
}

/** Requests at moments, each answered after so long. */
function answers(one: RuntimeContainer, moments: readonly number[]): readonly number[] {
  let load: Load = NO_LOAD;
  return moments.map((atMs) => {
    const next = answered(one, load, atMs);
    load = next.load;
    return next.afterMs;
  });
}

it('takes the CPU of a request, longer where the limit leaves less than a processor', () => {
  const cpuMillicores = { steps: [{ fromMs: 0, value: 100 }], perRequest: 30 };
  expect(answers(container({ cpuMillicores }), [20_000, 20_000])).toEqual([30, 30]);
  expect(answers(container({ cpuMillicores }, { cpu: '600m' }), [20_000, 20_000, 21_000])).toEqual([60, 120, 60]);
  expect(answers(container({ cpuMillicores }, { cpu: '2100m' }), [20_000, 20_000])).toEqual([30, 45]);
  expect(answers(container({ cpuMillicores }, { cpu: '50m' }), [20_000])).toEqual([60_000]);
});

it('counts requests by the second, and what they have cost', () => {
  const load = [1000, 1500, 1900].reduce<Load>((made, atMs) => withRequest(made, atMs), NO_LOAD);
  expect([1950, 2000, 2999, 3000].map((nowMs) => rateOf(load, nowMs))).toEqual([3, 3, 3, 0]);
  const cpuMillicores = { steps: [], perRequest: 50 };
  const one = container({ cpuMillicores, memoryBytes: { steps: [], perRequest: 10 } });
  const busy = [20_000, 20_100].reduce<Load>((made, atMs) => answered(one, made, atMs).load, NO_LOAD);
  expect(requestUse(one, busy, 20_500)).toEqual({ cpuUs: 100_000, memoryBytes: 20 });
  expect(requestUse(one, busy, 30_000)).toEqual({ cpuUs: 100_000, memoryBytes: 0 });
});

import { describe, expect, it } from 'vitest';
import { LazyCopyMap, copyState } from './copy-state.ts';
import { randomSource } from './random.ts';
import { SharedLog } from './shared-log.ts';

describe('a map of records of which copies are made late', () => {
  it('keeps two copies apart, whoever changes first, in the order of the keys', () => {
    const one = new LazyCopyMap<string, { count: number }>();
    for (const key of ['b', 'a', 'c']) one.set(key, { count: 0 });
    const two = copyState({ map: one }).map;
    const three = copyState({ map: two }).map;
    one.get('b')!.count = 1;
    for (const record of two.values()) record.count += 10;
    two.delete('c');
    two.set('d', { count: 7 });
    const counts = (map: typeof one): readonly number[] => [...map.values()].map(({ count }) => count);
    expect([counts(one), counts(two), counts(three)]).toEqual([
      [1, 0, 0],
      [10, 10, 7],
      [0, 0, 0],
    ]);
    expect([one.has('c'), two.has('c'), two.size]).toEqual([true, false, 3]);
  });
});

describe('a log that copies share', () => {
  it('holds what a list holds, through growth, cuts and copies', () => {
    const { integer } = randomSource(1, 'shared-log');
    let [log, list] = [new SharedLog<number>(), [] as number[]];
    const kept: { readonly log: SharedLog<number>; readonly list: readonly number[] }[] = [];
    for (let round = 0, next = 0; round < 200; round++) {
      for (let left = integer(`grow/${round}`, 0, 300); left > 0; left--) {
        log.push(next);
        list.push(next++);
      }
      const cut = integer(`cut/${round}`, 0, Math.floor(list.length / 3));
      log.drop(cut);
      list.splice(0, cut);
      kept.push({ log: log.copy(), list: [...list] });
      if (round % 7 === 0) [log, list] = [log.copy(), [...list]];
    }
    for (const { log: found, list: wanted } of kept) {
      expect(found.from(0)).toEqual(wanted);
      expect(found.length).toBe(wanted.length);
      const middle = wanted[wanted.length >> 1] ?? 0;
      expect(found.at(wanted.length >> 1)).toBe(wanted[wanted.length >> 1]);
      expect(found.firstWhere((value) => value >= middle)).toBe(wanted.findIndex((value) => value >= middle));
    }
  });
});

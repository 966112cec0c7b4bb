import { expect, it } from 'vitest';
import { NUMBERS_1_36 } from '../release/1.36.ts';
import { correlate as correlateBy, eventCorrelator } from './event-correlator.ts';

type Told = Parameters<typeof correlateBy>[1];
const correlate = (correlator: ReturnType<typeof eventCorrelator>, event: Told, nowMs: number) =>
  correlateBy(correlator, event, nowMs, NUMBERS_1_36.eventSpam);

/** Source of the numbers: staging/src/k8s.io/client-go/tools/record/events_cache.go, 1.36. */
const told = (message: string) => ({ about: 'Pod/web/Warning', reason: 'Unhealthy', part: '', message });

it('from the tenth message on, Events that differ in their message only become one', () => {
  const correlator = eventCorrelator();
  const keys = Array.from({ length: 12 }, (_, index) => correlate(correlator, told(`probe ${index}`), index * 1000));
  expect(keys.slice(0, 9).every(({ message }) => message.startsWith('probe'))).toBe(true);
  expect(keys.slice(9).map(({ message }) => message)).toEqual(
    [9, 10, 11].map((index) => `(combined from similar events): probe ${index}`),
  );
  expect(new Set(keys.slice(9).map(({ key }) => key)).size).toBe(1);
});

it('after ten quiet minutes messages are told one by one again', () => {
  const correlator = eventCorrelator();
  for (let index = 0; index < 12; index++) correlate(correlator, told(`probe ${index}`), 0);
  expect(correlate(correlator, told('late'), 600_001).message).toBe('late');
});

it('an object is granted a burst of 25 Events, then one every five minutes', () => {
  const correlator = eventCorrelator();
  const sent = Array.from({ length: 30 }, () => correlate(correlator, told('again'), 0).isSent);
  expect(sent.filter(Boolean)).toHaveLength(25);
  expect(correlate(correlator, told('again'), 299_999).isSent).toBe(false);
  expect(correlate(correlator, told('again'), 300_000).isSent).toBe(true);
  expect(correlate(correlator, { ...told('again'), about: 'Pod/other' }, 300_000).isSent).toBe(true);
});

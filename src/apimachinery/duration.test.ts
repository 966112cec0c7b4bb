import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import * as durations from './duration.ts';
import { humanDuration, humanDurationMs, shortHumanDuration } from './human-duration.ts';
import * as cases from './testdata/duration.cases.ts';

describe('a duration', () => {
  upstreamEach(cases.SOURCE, 'durationTests of Go')(cases.PRINTED)('%s both ways', (text, duration) => {
    expect(durations.formatDuration(duration)).toBe(text);
    expect(durations.parseDuration(text)).toBe(duration);
    if (duration > 0n) expect(durations.formatDuration(-duration)).toBe(`-${text}`);
  });

  upstreamEach(
    cases.SOURCE,
    'parseDurationTests of Go, TestDurationUnmarshalYAML and TestDurationUnmarshalJSON',
  )([...cases.PARSED, ...cases.FIELDS_READ])('%s is read', (text, duration) => {
    expect(durations.parseDuration(text)).toBe(duration);
  });

  upstreamEach(cases.SOURCE, 'parseDurationErrorTests of Go')(cases.REFUSED)('%j is refused', (text, quoted) => {
    const reason = durations.readDuration(text);
    expect(reason).toEqual(
      expect.stringMatching(/^time: (invalid duration|missing unit in duration|unknown unit ".*" in duration) /),
    );
    expect(String(reason).endsWith(quoted)).toBe(true);
    expect(durations.parseDuration(text)).toBeUndefined();
  });

  test.each([
    ['5', 'time: missing unit in duration "5"'],
    ['5 s', 'time: unknown unit " s" in duration "5 s"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['ten', 'time: invalid duration "ten"'],
  ])('%j: %s', (text, reason) => {
    expect(durations.readDuration(text)).toBe(reason);
  });

  upstreamEach(cases.SOURCE, 'TestDurationMarshalYAML and TestDurationMarshalJSON')(cases.FIELDS_PRINTED)(
    '%d prints %s',
    (duration, text) => {
      expect(durations.formatDuration(duration)).toBe(text);
    },
  );

  test('what is printed reads back as the same', () => {
    const anyDuration = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
    fc.assert(
      fc.property(anyDuration, (duration) => {
        expect(durations.parseDuration(durations.formatDuration(duration))).toBe(duration);
      }),
      { examples: cases.FIELD_ROUND_TRIPS.map((duration) => [duration] as [bigint]) },
    );
  });

  test('in milliseconds', () => {
    expect(durations.parseDurationMs('1h30m')).toBe(5_400_000);
    expect(durations.parseDurationMs('1500us')).toBe(1);
    expect(durations.parseDurationMs('-1500us')).toBe(-2);
    expect(durations.parseDurationMs('soon')).toBeUndefined();
    expect(durations.formatDurationMs(90_500)).toBe('1m30.5s');
  });
});

describe('an age', () => {
  upstreamEach(
    cases.SOURCE,
    'TestHumanDuration, TestHumanDurationBoundaries',
  )([...cases.HUMAN, ...cases.HUMAN_BOUNDARIES])('%d is %s', (duration, text) => {
    expect(humanDuration(duration)).toBe(text);
  });

  upstreamEach(cases.SOURCE, 'TestShortHumanDurationBoundaries')(cases.SHORT_BOUNDARIES)(
    '%d in one unit is %s',
    (duration, text) => {
      expect(shortHumanDuration(duration)).toBe(text);
    },
  );

  test('in milliseconds', () => {
    expect(humanDurationMs(190_000)).toBe('3m10s');
  });
});

test("every row of upstream's tables is here", () => {
  const { HUMAN, HUMAN_BOUNDARIES, SHORT_BOUNDARIES, FIELDS_PRINTED, FIELDS_READ, FIELD_ROUND_TRIPS } = cases;
  expect([HUMAN.length, HUMAN_BOUNDARIES.length, SHORT_BOUNDARIES.length]).toEqual([10, 37, 19]);
  expect(2 * FIELDS_PRINTED.length + 2 * FIELDS_READ.length + FIELD_ROUND_TRIPS.length).toBe(22);
  expect([cases.PRINTED.length, cases.PARSED.length, cases.REFUSED.length]).toEqual([11, 43, 18]);
});

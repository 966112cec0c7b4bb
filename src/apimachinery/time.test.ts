import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import * as cases from './testdata/time.cases.ts';
import * as times from './time.ts';

const moment = ([seconds, nanoseconds]: readonly [number, number]) =>
  BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds);

describe('a time', () => {
  upstreamEach(cases.SOURCE, 'TestTimeMarshalYAML')(cases.PRINTED)('%s prints %s', (row, text) => {
    expect(times.formatTime(moment(row))).toBe(text);
  });

  upstreamEach(cases.SOURCE, 'TestTimeUnmarshalYAML, TestTimeUnmarshalJSON, TestTimeUnmarshalCBOR')(cases.READ)(
    '%s is read',
    (text, row) => {
      expect(times.parseTime(text)).toBe(row && moment(row));
    },
  );

  test.each([
    ['1998-05-05T01:05:05-04:00', '1998-05-05T05:05:05Z'],
    ['1998-05-05T05:05:05+00:00', '1998-05-05T05:05:05Z'],
    ['2024-02-29T23:59:59+05:30', '2024-02-29T18:29:59Z'],
    ['2024-02-29T5:00:00Z', '2024-02-29T05:00:00Z'],
    ['2024-02-29T05:00:00,5Z', '2024-02-29T05:00:00Z'],
    ['1969-12-31T23:59:59.999Z', '1969-12-31T23:59:59Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59Z'],
    ['0000-01-01T00:59:00+01:00', '-0001-12-31T23:59:00Z'],
  ])('%s is %s', (text, printed) => {
    expect(times.formatTime(times.parseTime(text)!)).toBe(printed);
  });

  test.each([
    '',
    '1998-05-05',
    '1998-05-05 05:05:05Z',
    '1998-05-05t05:05:05z',
    '1998-05-05T05:05:05',
    '1998-5-05T05:05:05Z',
    '1998-13-05T05:05:05Z',
    '1998-02-29T05:05:05Z',
    '1900-02-29T05:05:05Z',
    '1998-04-31T05:05:05Z',
    '1998-00-01T05:05:05Z',
    '1998-01-00T05:05:05Z',
    '1998-05-05T24:00:00Z',
    '1998-05-05T05:60:00Z',
    '1998-05-05T05:05:60Z',
    '1998-05-05T05:05:05.Z',
    '1998-05-05T05:05:05+0400',
    '1998-05-05T05:05:05+25:00',
    '1998-05-05T05:05:05Z ',
  ])('%j is none', (text) => {
    expect(times.parseTime(text)).toBeUndefined();
  });

  test('what is printed reads back, and agrees with the calendar', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }),
        (date) => {
          const given = times.momentOfMs(date.getTime());
          expect(times.msOfMoment(given)).toBe(date.getTime());
          expect(times.formatTime(given)).toBe(`${date.toISOString().slice(0, 19)}Z`);
          expect(times.parseMicroTime(times.formatMicroTime(given))).toBe(given);
        },
      ),
    );
  });
});

describe('a micro time', () => {
  upstreamEach(
    cases.SOURCE,
    'TestMicroTimeMarshalYAML, TestMicroTimeMarshalJSON, TestMicroTimeMarshalCBOR',
  )(cases.MICRO_PRINTED)('%s prints %s', (row, text) => {
    expect(times.formatMicroTime(moment(row))).toBe(text);
  });

  upstreamEach(
    cases.SOURCE,
    'TestMicroTimeUnmarshalYAML, TestMicroTimeUnmarshalJSON, TestMicroTimeUnmarshalCBOR',
  )(cases.MICRO_READ)('%s is read', (text, row) => {
    expect(times.parseMicroTime(text)).toBe(row && moment(row));
  });

  test.each(['1998-05-05T05:05:05Z', '1998-05-05T05:05:05.00000Z', '1998-05-05T05:05:05.0000000Z'])(
    '%s has not six digits after the point',
    (text) => {
      expect(times.parseMicroTime(text)).toBeUndefined();
    },
  );
});

test("every row of upstream's tables is here", () => {
  const { PRINTED, READ, MICRO_PRINTED, MICRO_READ } = cases;
  expect([PRINTED, READ, MICRO_PRINTED, MICRO_READ].map((table) => table.length)).toEqual([8, 6, 6, 4]);
});

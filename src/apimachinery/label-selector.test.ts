import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonEqual } from '../base/json.ts';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import { formatRequirement, validateRequirement } from './label-requirement.ts';
import {
  EVERYTHING,
  NOTHING,
  exactMatch,
  formatLabelSelector,
  isEmptySelector,
  labelSelectorFromMap,
  labelSelectorOf,
  labelSelectorString,
  matchesLabels,
  parseLabelSelector,
} from './label-selector.ts';
import { parseLabelSelectorString, scanLabelSelector } from './label-selector-string.ts';
import * as cases from './testdata/label-selector.cases.ts';

function map(labels: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(labels));
}

describe('the string form', () => {
  upstreamEach(cases.SOURCE, 'TestSelectorParse')(cases.PRINTS_BACK)('%j prints back', (text) => {
    expect(labelSelectorString(parseLabelSelectorString(text))).toBe(text.replaceAll(' ', ''));
  });

  upstreamEach(cases.SOURCE, 'TestSelectorParse')(cases.DOES_NOT_PARSE)('%j is refused', (text) => {
    expect(parseLabelSelectorString(text).invalid).toHaveLength(1);
  });

  upstreamEach(cases.SOURCE, 'TestSetSelectorParser')(cases.PARSED)('%j', (text, requirements) => {
    const selector = parseLabelSelectorString(text);
    if (requirements) expect(selector).toEqual({ requirements });
    else expect(selector.invalid).toHaveLength(1);
  });

  test('the order of conditions does not count', () => {
    expect(parseLabelSelectorString('x=a,a=x')).toEqual(parseLabelSelectorString('a=x,x=a'));
  });

  upstreamEach(cases.SOURCE, 'TestLexer')(cases.TOKENS)('%j is one token', (text, type) => {
    expect(scanLabelSelector(text)[0]).toEqual({ type, literal: text });
  });

  upstreamEach(cases.SOURCE, 'TestLexerSequence and TestParserLookahead')(cases.TOKEN_SEQUENCES)(
    'the tokens of %j',
    (text, literals) => {
      expect(scanLabelSelector(text).map(({ literal }) => literal)).toEqual([...literals, '']);
    },
  );

  upstreamEach(cases.SOURCE, 'TestParseOperator')(cases.BINARY_OPERATORS)('the operator %j', (operator, refusal) => {
    const reason = parseLabelSelectorString(`key ${operator} 1`).invalid?.[0];
    if (refusal) expect(reason).toBe(`unable to parse requirement: ${refusal}`);
    else expect(reason ?? '').not.toContain('expected: in, notin');
  });

  test('says what is wrong as kubectl does', () => {
    expect(parseLabelSelectorString('!!x').invalid).toEqual([
      "unable to parse requirement: found '!', expected: identifier",
    ]);
    expect(parseLabelSelectorString('-x').invalid?.[0]).toMatch(
      /^unable to parse requirement: <nil>: Invalid value: "-x": name part must consist of/,
    );
  });

  test('what it prints, it reads back as the same selector', () => {
    const key = fc
      .stringMatching(/^[a-z]([-a-z0-9.]{0,5}[a-z0-9])?(\/[a-z]{1,4})?$/)
      .filter((text) => !/\.[.-]|-\./.test(text));
    const value = fc.stringMatching(/^([A-Za-z0-9]([-_.A-Za-z0-9]{0,5}[A-Za-z0-9])?)?$/);
    const condition = fc.oneof(
      fc.tuple(key, value, fc.constantFrom('=', '==', '!=')).map(([k, v, sign]) => `${k}${sign}${v}`),
      fc
        .tuple(key, fc.constantFrom('in', 'notin'), fc.array(value, { minLength: 1 }))
        .map(([k, operator, values]) => `${k} ${operator} (${values.join(',')})`),
      fc.tuple(fc.constantFrom('', '!'), key).map(([sign, k]) => `${sign}${k}`),
      fc
        .tuple(key, fc.constantFrom('>', '<'), fc.integer())
        .map(([k, sign, limit]) => `${k}${sign}${limit < 0 ? 0 : limit}`),
    );
    fc.assert(
      fc.property(fc.array(condition), (conditions) => {
        const selector = parseLabelSelectorString(conditions.join(','));
        expect(selector.invalid).toBeUndefined();
        expect(parseLabelSelectorString(labelSelectorString(selector))).toEqual(selector);
      }),
    );
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '!', '=', '<', '(', ')', ',', ' ', 'in', '\0') }), (text) => {
        const selector = parseLabelSelectorString(text);
        expect(selector.invalid === undefined || selector.requirements.length === 0).toBe(true);
      }),
    );
  });
});

describe('matching', () => {
  upstreamEach(cases.SOURCE, 'TestSelectorMatches')(cases.MATCHES)('%j against %j: %j', (text, labels, expected) => {
    expect(matchesLabels(parseLabelSelectorString(text), map(labels))).toBe(expected);
  });

  upstreamEach(cases.SOURCE, 'TestSetMatches')(cases.MAPS_THAT_MATCH)('the map %j', (selector) => {
    expect(matchesLabels(labelSelectorFromMap(selector), map({ foo: 'bar', baz: 'blah' }))).toBe(true);
  });

  upstreamEach(cases.SOURCE, 'TestRequirementSelectorMatching')(cases.REQUIREMENTS_MATCH)(
    'labels %j against conditions %j: %j',
    (labels, requirements, expected) => {
      expect(matchesLabels({ requirements }, map(labels))).toBe(expected);
    },
  );

  test('compares integers of 64 bits exactly', () => {
    const selector = parseLabelSelectorString('x>9007199254740992');
    expect(matchesLabels(selector, map({ x: '9007199254740993' }))).toBe(true);
    expect(matchesLabels(selector, map({ x: '9007199254740992' }))).toBe(false);
    expect(matchesLabels(selector, map({ x: '9223372036854775808' }))).toBe(false);
  });
});

describe('conditions', () => {
  upstreamEach(
    cases.SOURCE,
    'TestRequirementConstructor, TestValidatedSelectorFromSet',
  )([...cases.CONSTRUCTED, ...cases.VALIDATED])('%j', (requirement, refusal) => {
    const reasons = validateRequirement(requirement);
    if (refusal === undefined) expect(reasons).toEqual([]);
    else expect(reasons).toEqual([expect.stringMatching(new RegExp(`^${refusal.replace(/[[\]]/g, '\\$&')}: .`))]);
  });

  upstreamEach(cases.SOURCE, 'TestToString')(cases.PRINTED)('%j prints', (requirements, text) => {
    expect(requirements.map(formatRequirement).join(',')).toBe(text);
  });

  upstreamEach(cases.SOURCE, 'TestSafeSort')(cases.VALUES_PRINTED_IN_ORDER)(
    '%j prints in order and stays as it was',
    (values, text) => {
      const given = [...values];
      expect(formatRequirement({ key: 'k', operator: 'In', values })).toBe(text);
      expect(values).toEqual(given);
    },
  );

  upstreamEach(cases.SOURCE, 'TestAdd')(cases.ADDED)('%j and one more', (requirements, added, text) => {
    expect(labelSelectorString(labelSelectorOf([...requirements, added]))).toBe(text);
  });

  upstreamEach(cases.SOURCE, 'TestRequiresExactMatch')(cases.EXACT)(
    '%j asks of %j exactly %j',
    (requirements, key, value) => {
      expect(exactMatch({ requirements }, key)).toBe(value);
    },
  );

  // TestRequirementEqual.
  const one = { key: 'key', operator: 'In', values: ['foo', 'bar'] };
  test.each([
    [one, true],
    [{ ...one, key: 'key1' }, false],
    [{ ...one, operator: 'NotIn' }, false],
    [{ ...one, values: ['foobar'] }, false],
  ])('equality with %j: %j', (other, expected) => {
    expect(jsonEqual(one, other)).toBe(expected);
  });
});

describe('everything and nothing', () => {
  test('everything', () => {
    expect(matchesLabels(EVERYTHING, map({ x: 'y' }))).toBe(true);
    for (const selector of [
      EVERYTHING,
      labelSelectorFromMap(undefined),
      labelSelectorFromMap(null),
      labelSelectorFromMap({}),
    ]) {
      expect(isEmptySelector(selector)).toBe(true);
      expect(selector.nothing).toBeUndefined();
    }
    expect(labelSelectorFromMap({ key: 'value' }).nothing).toBeUndefined();
  });

  test('nothing', () => {
    expect(parseLabelSelector(undefined)).toBe(NOTHING);
    expect(parseLabelSelector(null)).toBe(NOTHING);
    expect(isEmptySelector(NOTHING)).toBe(false);
    expect(matchesLabels(NOTHING, new Map())).toBe(false);
  });

  upstreamEach(cases.SOURCE, 'TestMatchesNothing')(cases.NOT_NOTHING)('%j is not nothing', (text) => {
    expect(parseLabelSelectorString(text).nothing).toBeUndefined();
  });
});

describe('metav1.LabelSelector', () => {
  upstreamEach(cases.SOURCE, 'TestLabelSelectorAsSelector')(cases.FROM_JSON)('%j prints %j', (value, text) => {
    expect(formatLabelSelector(parseLabelSelector(value))).toBe(text);
  });

  upstreamEach(cases.SOURCE, 'TestSetSelectorString')(cases.MAPS_PRINTED)('the map %j prints %j', (value, text) => {
    expect(labelSelectorString(labelSelectorFromMap(value))).toBe(text);
  });

  test.each([
    ['matchLabels', 'must be an object'],
    [{ matchLabels: ['app'] }, 'matchLabels: must be a map of strings'],
    [{ matchLabels: { app: 7 } }, 'matchLabels[app]: must be a string'],
    [{ matchExpressions: { key: 'app' } }, 'matchExpressions: must be a list'],
    [{ matchExpressions: [null] }, 'matchExpressions[0]: must be an object'],
    [
      { matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] },
      'matchExpressions[0].operator: "Gt" is not a valid label selector operator',
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'In', values: 'x' }] },
      'matchExpressions[0].values: must be a list of strings',
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'In', values: [1] }] },
      'matchExpressions[0].values: must be a list of strings',
    ],
    [
      { matchExpressions: [{ key: 'app', operator: 'In' }] },
      "values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty",
    ],
  ])('%j selects nothing and says why', (value, reason) => {
    const selector = parseLabelSelector(value);
    expect(selector.invalid).toEqual([reason]);
    expect(matchesLabels(selector, map({ app: 'x' }))).toBe(false);
    expect(isEmptySelector(selector)).toBe(false);
  });

  test('keys of JavaScript are plain keys', () => {
    const selector = parseLabelSelector(JSON.parse('{"matchLabels":{"__proto__":"x","constructor":"y"}}'));
    expect(selector.requirements.map(({ key }) => key)).toEqual(['__proto__', 'constructor']);
  });
});

test("every row of upstream's tables is here", () => {
  const { SOURCE: _source, ...tables } = cases;
  const rows = Object.values(tables).reduce((sum, table) => sum + table.length, 0);
  // TestEverything, TestNilMapIsValid, TestSetIsEmpty (2), TestDeterministicParse, TestMatchesNothing (6) and
  // TestRequirementEqual (4) are written out above; the lexer's and the parser's look-ahead tables share their rows.
  const sharedWithLookahead = cases.TOKEN_SEQUENCES.length - 1;
  expect(rows + 15 + sharedWithLookahead).toBe(206);
});

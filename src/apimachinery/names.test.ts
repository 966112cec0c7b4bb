import { describe, expect, test } from 'vitest';
import { upstreamEach } from '../base/testing/upstream-table.ts';
import * as labels from './label-names.ts';
import * as names from './names.ts';
import * as cases from './testdata/names.cases.ts';
import * as formats from './value-formats.ts';

type Check<T> = (value: T) => readonly string[];

const TEXT_CHECKS: readonly (readonly [
  string,
  Check<string>,
  { good: readonly string[]; bad: readonly string[] },
  string,
])[] = [
  ['DNS 1123 label', names.validateDns1123Label, cases.DNS_1123_LABEL, 'TestIsDNS1123Label'],
  ['DNS 1123 subdomain', names.validateDns1123Subdomain, cases.DNS_1123_SUBDOMAIN, 'TestIsDNS1123Subdomain'],
  [
    'DNS 1123 subdomain in any case',
    names.validateDns1123SubdomainCaseless,
    cases.DNS_1123_SUBDOMAIN_CASELESS,
    'TestIsDNS1123SubdomainCaseless',
  ],
  ['DNS 1035 label', names.validateDns1035Label, cases.DNS_1035_LABEL, 'TestIsDNS1035Label'],
  [
    'wildcard subdomain',
    names.validateWildcardDns1123Subdomain,
    cases.WILDCARD_SUBDOMAIN,
    'TestIsWildcardDNS1123Subdomain',
  ],
  [
    'fully qualified domain name',
    names.validateFullyQualifiedDomainName,
    cases.FULLY_QUALIFIED_DOMAIN_NAME,
    'TestIsFullyQualifiedDomainName',
  ],
  ['fully qualified name', names.validateFullyQualifiedName, cases.FULLY_QUALIFIED_NAME, 'TestIsFullyQualifiedName'],
  ['label key', labels.validateLabelKey, cases.LABEL_KEY, 'TestIsQualifiedName'],
  ['label value', labels.validateLabelValue, cases.LABEL_VALUE, 'TestIsValidLabelValue'],
  ['domain-prefixed path', labels.validateDomainPrefixedPath, cases.DOMAIN_PREFIXED_PATH, 'TestIsDomainPrefixedPath'],
  ['port name', formats.validatePortName, cases.PORT_NAME, 'TestIsValidPortName'],
  ['HTTP header name', formats.validateHttpHeaderName, cases.HTTP_HEADER_NAME, 'TestIsHTTPHeaderName'],
  ['percent', formats.validatePercent, cases.PERCENT, 'TestIsValidPercent'],
  ['config map key', formats.validateConfigMapKey, cases.CONFIG_MAP_KEY, 'TestIsConfigMapKey'],
  ['environment variable name', formats.validateEnvVarName, cases.RELAXED_ENV_VAR_NAME, 'TestIsRelaxedEnvVarName'],
  ['C identifier', formats.validateCIdentifier, cases.C_IDENTIFIER, 'TestIsCIdentifier'],
  ['decimal integer', formats.validateDecimalInteger, cases.DECIMAL_INTEGER, 'TestIsDecimalInteger'],
];

const NUMBER_CHECKS: readonly (readonly [
  string,
  Check<number>,
  { good: readonly number[]; bad: readonly number[] },
  string,
])[] = [
  ['port number', formats.validatePortNumber, cases.PORT_NUMBER, 'TestIsValidPortNum'],
  ['user id', formats.validateUserId, cases.USER_ID, 'TestIsValidUserID'],
  ['group id', formats.validateUserId, cases.GROUP_ID, 'TestIsValidGroupID'],
];

describe.each(TEXT_CHECKS)('%s', (_, check, { good, bad }, upstreamTest) => {
  upstreamEach(cases.SOURCE, upstreamTest)(good)('%j is good', (value) => {
    expect(check(value)).toEqual([]);
  });

  upstreamEach(cases.SOURCE, upstreamTest)(bad)('%j is not', (value) => {
    expect(check(value).length).toBeGreaterThan(0);
  });
});

describe.each(NUMBER_CHECKS)('%s', (_, check, { good, bad }, upstreamTest) => {
  upstreamEach(cases.SOURCE, upstreamTest)(good)('%d is good', (value) => {
    expect(check(value)).toEqual([]);
  });

  upstreamEach(cases.SOURCE, upstreamTest)(bad)('%d is not', (value) => {
    expect(check(value)).toHaveLength(1);
  });
});

describe('ranges', () => {
  upstreamEach(cases.SOURCE, 'TestIsInRange')(cases.IN_RANGE.good)('%d is from %d to %d', (value, low, high) => {
    expect(formats.validateInRange(value, low, high)).toEqual([]);
  });

  upstreamEach(cases.SOURCE, 'TestIsInRange')(cases.IN_RANGE.bad)('%d is not from %d to %d', (value, low, high) => {
    expect(formats.validateInRange(value, low, high)).toEqual([`must be between ${low} and ${high}, inclusive`]);
  });
});

function matches(part: string): readonly unknown[] {
  return part === '' ? [] : [expect.stringContaining(part)];
}

describe('messages', () => {
  upstreamEach(cases.SOURCE, 'TestIsFullyQualifiedName')(cases.FULLY_QUALIFIED_NAME_MESSAGES)(
    '%j: %s',
    (name, part) => {
      expect(names.validateFullyQualifiedName(name).join()).toContain(part);
    },
  );

  upstreamEach(cases.SOURCE, 'TestIsDNS1123SubdomainWithUnderscore')(cases.SUBDOMAIN_WITH_UNDERSCORE)(
    '%j: %j',
    (name, messages) => {
      expect(names.validateDns1123SubdomainWithUnderscore(name)).toEqual(messages);
    },
  );

  upstreamEach(cases.SOURCE, 'TestIsDomainPrefixedKey')(cases.DOMAIN_PREFIXED_KEY)('%j: %j', (key, messages) => {
    expect(labels.validateDomainPrefixedKey(key)).toEqual(messages);
  });

  upstreamEach(cases.SOURCE, 'TestIsPathSegmentName and TestIsPathSegmentPrefix')(cases.PATH_SEGMENTS)(
    'path segment %j',
    (name, message, prefixMessage) => {
      expect(names.validatePathSegmentName(name)).toEqual(matches(message));
      expect(names.validatePathSegmentPrefix(name)).toEqual(matches(prefixMessage));
    },
  );

  test.each([
    [
      'Web',
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
    ['a.b', 'must not contain dots'],
    ['a'.repeat(64), 'must be no more than 63 characters'],
  ])('a name %j: %s', (name, message) => {
    expect(names.validateDns1123Label(name)).toEqual([message]);
  });

  test('labels are measured in bytes', () => {
    expect(labels.validateLabelKey(`${'a'.repeat(254)}/b`)).toEqual(['prefix part must be no more than 253 bytes']);
    expect(labels.validateLabelValue('a'.repeat(64))).toEqual(['must be no more than 63 bytes']);
    expect(labels.validateLabelValue('船'.repeat(22))[0]).toBe('must be no more than 63 bytes');
    expect(labels.validateLabelKey('/x')).toEqual(['prefix part must be non-empty']);
    expect(labels.validateLabelKey('x/')[0]).toBe('name part must be non-empty');
  });

  test.each([
    [
      '',
      [
        'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'must contain at least one letter (a-z)',
      ],
    ],
    ['-', ['must contain at least one letter (a-z)', 'must not begin or end with a hyphen']],
    [
      'HTTP',
      [
        'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'must contain at least one letter (a-z)',
      ],
    ],
    ['a-very-long-port-name', ['must be no more than 15 characters']],
  ])('port name %j: %j', (name, messages) => {
    expect(formats.validatePortName(name)).toEqual(messages);
  });

  test.each([
    ['..data', ["must not start with '..'"]],
    ['.', ["must not be '.'"]],
    ['..', ["must not be '..'"]],
  ])('config map key %j: %j', (key, messages) => {
    expect(formats.validateConfigMapKey(key)).toEqual(messages);
  });

  test.each([
    ['MY_ENV', true],
    ['my.env-name', true],
    ['1ST', false],
    ['', false],
    ['..a', false],
    ['a b', false],
  ])('up to 1.31 the environment variable %j was good: %j', (name, good) => {
    expect(formats.validateStrictEnvVarName(name).length === 0).toBe(good);
  });

  test.each([
    ['123e4567-e89b-12d3-a456-426614174000', true],
    ['123E4567-e89b-12d3-a456-426614174000', false],
    ['123e4567e89b12d3a456426614174000', false],
    ['', false],
  ])('uuid %j: %j', (uuid, good) => {
    expect(formats.validateUuid(uuid).length === 0).toBe(good);
  });
});

upstreamEach(cases.SOURCE, 'TestMaskTrailingDash')(cases.MASKED)(
  'the generateName %j is checked as %j',
  (before, after) => {
    expect(names.maskTrailingDash(before)).toBe(after);
  },
);

test('a CronJob has 52 characters for its name', () => {
  expect(names.CRON_JOB_NAME_MAX_LENGTH).toBe(52);
});

test('a megabyte of name is refused at once', () => {
  const hostile = `${'a-'.repeat(500_000)}!`;
  for (const [, check] of TEXT_CHECKS)
    expect(check(hostile).length).toBeGreaterThanOrEqual(check === formats.validateEnvVarName ? 0 : 1);
});

test("every row of upstream's tables is here", () => {
  const { SOURCE: _source, ...tables } = cases;
  const counted = Object.values(tables).map((table) =>
    'good' in table ? table.good.length + table.bad.length : table.length,
  );
  expect(counted.reduce((sum, rows) => sum + rows, 0)).toBe(790);
});

import { expect, test } from 'vitest';
import { formatLevelVersion, policyOf } from './policy.ts';

/** Cases of TestPolicyToEvaluate and TestParseVersion, api/helpers_test.go of k8s.io/pod-security-admission, 1.36.2. */
const cases: readonly [
  name: string,
  labels: Readonly<Record<string, string>>,
  enforce: string,
  warn: string,
  audit: string,
  errors?: readonly string[],
][] = [
  ['none', {}, 'privileged:latest', 'privileged:latest', 'privileged:latest'],
  ['simple enforce', { enforce: 'baseline' }, 'baseline:latest', 'baseline:latest', 'privileged:latest'],
  ['simple warn', { warn: 'restricted' }, 'privileged:latest', 'restricted:latest', 'privileged:latest'],
  ['simple audit', { audit: 'baseline' }, 'privileged:latest', 'privileged:latest', 'baseline:latest'],
  [
    'enforce & warn',
    { enforce: 'baseline', warn: 'restricted' },
    'baseline:latest',
    'restricted:latest',
    'privileged:latest',
  ],
  [
    'enforce version',
    { enforce: 'baseline', 'enforce-version': 'v1.22' },
    'baseline:v1.22',
    'baseline:v1.22',
    'privileged:latest',
  ],
  [
    'enforce version & warn-version',
    { enforce: 'baseline', 'enforce-version': 'v1.22', 'warn-version': 'latest' },
    'baseline:v1.22',
    'baseline:latest',
    'privileged:latest',
  ],
  [
    'enforce & warn-version',
    { enforce: 'baseline', 'warn-version': 'v1.23' },
    'baseline:latest',
    'baseline:v1.23',
    'privileged:latest',
  ],
  [
    'fully specd',
    {
      enforce: 'baseline',
      'enforce-version': 'v1.20',
      warn: 'restricted',
      'warn-version': 'v1.21',
      audit: 'restricted',
      'audit-version': 'v1.22',
    },
    'baseline:v1.20',
    'restricted:v1.21',
    'restricted:v1.22',
  ],
  [
    'enforce no warn',
    { enforce: 'baseline', warn: 'privileged' },
    'baseline:latest',
    'privileged:latest',
    'privileged:latest',
  ],
  [
    'enforce warn error',
    { enforce: 'baseline', warn: 'foo' },
    'baseline:latest',
    'privileged:latest',
    'privileged:latest',
    ['metadata.labels[pod-security.kubernetes.io/warn] foo must be one of privileged, baseline, restricted'],
  ],
  [
    'enforce error',
    { enforce: 'foo' },
    'restricted:latest',
    'privileged:latest',
    'privileged:latest',
    ['metadata.labels[pod-security.kubernetes.io/enforce] foo must be one of privileged, baseline, restricted'],
  ],
  ...['foo', '', 'v2.0', 'v1', '1.1', 'v1.01', 'v1.99999999999999999999'].map((version): (typeof cases)[number] => [
    `version ${version}`,
    { 'audit-version': version },
    'privileged:latest',
    'privileged:latest',
    'privileged:latest',
    [`metadata.labels[pod-security.kubernetes.io/audit-version] ${version} must be "latest" or "v1.x"`],
  ]),
  ...['v1.0', 'v1.1', 'v1.20', 'v1.10000'].map((version): (typeof cases)[number] => [
    `version ${version}`,
    { 'audit-version': version },
    'privileged:latest',
    'privileged:latest',
    `privileged:${version}`,
  ]),
];

test.each(cases)('%s', (_, labels, enforce, warn, audit, errors = []) => {
  const given = new Map(
    Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value] as const),
  );
  const found = policyOf(given);
  expect(formatLevelVersion(found.policy.enforce)).toBe(enforce);
  expect(formatLevelVersion(found.policy.warn)).toBe(warn);
  expect(formatLevelVersion(found.policy.audit)).toBe(audit);
  expect(found.errors.map(({ path, badValue, detail }) => `${path.toString()} ${String(badValue)} ${detail}`)).toEqual(
    errors,
  );
});

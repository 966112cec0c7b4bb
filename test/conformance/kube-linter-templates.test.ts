/**
 * kube-linter's templates with parameters: its own built-in checks, written as checks of a person's own, find what the lints
 * of the same names find, and its examples of configurations find what kube-linter finds. The manifests are those of its
 * corpus, which is not part of the product: without it the test says so.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findLints } from '../../src/design/lints/find-lints.ts';
import { lintNamed } from '../../src/design/lints/index.ts';
import { readLintConfiguration } from '../../src/design/lints/lint-configuration.ts';
import { TEMPLATES } from '../../src/design/lints/templates/index.ts';
import { contextOf, designOf } from '../../src/design/testing/design-of.ts';
import { preloadValidity } from '../../src/design/validity.ts';
import built from './testdata/kube-linter/parameters.json' with { type: 'json' };

const corpora = process.env['DRYDOCK_CORPORA'] ?? resolve(import.meta.dirname, '../../../shared/corpora');
const whole = join(corpora, 'kube-linter/checks');
const own = join(import.meta.dirname, 'testdata/kube-linter');
const folder = existsSync(whole) ? whole : join(own, 'checks');

/** As JSON, which is YAML. */
const configurationOf = (check: (typeof built.checks)[number]): string =>
  JSON.stringify({
    checks: { doNotAutoAddDefaults: true },
    customChecks: [{ ...check, scope: { objectKinds: check.scope } }],
  });

describe.each(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const))(
  'in %s',
  (_, text) => {
    const context = contextOf(designOf({ 'a.yaml': text }));
    beforeAll(() => preloadValidity(context.design, context.registry));
    it.each(built.checks)('$name', (check) => {
      const { switches, problems } = readLintConfiguration(configurationOf(check));
      expect(problems).toEqual([]);
      const places = (found: ReturnType<typeof findLints>): readonly string[] =>
        // A lint names the key that is missing, a template only has a pattern for it.
        found
          .map(({ record, field }) => `${record} ${(check.template.startsWith('required-') ? [] : field).join('.')}`)
          .sort();
      expect(lintNamed(check.name)?.kubeLinter).toBe(check.name);
      expect(places(findLints(context, switches))).toEqual(
        places(findLints(context, { on: [check.name], off: ['all'] })),
      );
    });
  },
);

it.each([
  [
    'cel',
    'cel.yml',
    [
      'Deployment: Object has reloader annotation',
      'ServiceAccount: Invalid EKS IAM role ARN format',
      ...Array.from(
        { length: 4 },
        () => "ServiceMonitor: no services found matching the service monitor's label selector and namespace selector",
      ),
    ],
  ],
  ['forbidden-annotation', 'forbidden-annotation.yml', ['Deployment: undefined', 'ServiceAccount: undefined']],
])('the configuration %s', async (name, file, expected) => {
  if (!existsSync(whole)) return console.log(`no corpus in ${whole}: ${file} is not looked at`);
  const { switches, problems } = readLintConfiguration(readFileSync(join(own, `configurations/${name}.yaml`), 'utf8'));
  expect(problems).toEqual([]);
  const context = contextOf(designOf({ 'a.yaml': readFileSync(join(whole, file), 'utf8') }));
  await preloadValidity(context.design, context.registry);
  const found = findLints(context, { ...switches, off: ['all'] });
  const told = found.map(
    ({ record, params }) => `${context.design.records.get(record)?.object.kind ?? ''}: ${params['words']}`,
  );
  expect(told.sort()).toEqual(expected);
});

it('has every template of kube-linter that takes parameters, but one', () => {
  const names = new Set(built.checks.map(({ template }) => template));
  expect(TEMPLATES.filter(({ key }) => names.has(key))).toHaveLength(names.size);
  // kubeconform asks a place outside for its schemas; the lint schema-validation has its own.
  expect(TEMPLATES).toHaveLength(28);
});

import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { upstreamEach, upstreamSource } from '../../base/testing/upstream-table.ts';
import { schemaType } from '../../cel/schema-type.ts';
import { preloadSchemas } from '../../openapi/built-in-schemas.ts';
import { policyKinds } from '../../kinds/policy-kinds.ts';
import table from './testdata/type-checking.upstream.json' with { type: 'json' };
import { kindsToCheck, typeCheckPolicy } from './type-checking.ts';
import type { ExpressionWarning } from './type-checking.ts';

beforeAll(() => preloadSchemas(['', 'apps']));

const kinds = policyKinds({ definitions: [], moment: 250_000_000 });

describe('kinds', () => {
  upstreamEach(
    upstreamSource('admission', table.sources.types),
    'TestExtractTypeNames',
  )(
    (table.kinds as readonly { name: string; matchConstraints: JsonValue; kinds: readonly string[] }[]).map(
      (row) => [row.name, row] as const,
    ),
  )('%s', (_name, { matchConstraints, kinds: wanted }) => {
    const found = kindsToCheck({ matchConstraints }, kinds);
    expect(found.map(({ group, version, kind }) => `${group}/${version}/${kind}`)).toEqual(wanted);
  });
});

interface Row {
  readonly name: string;
  /** The schema of every kind; no kind has one where left out. */
  readonly schema?: JsonObject;
  readonly spec: JsonObject;
  readonly fieldRefs: readonly string[];
  readonly contains?: readonly string[];
  readonly alsoContains?: readonly string[];
}

function expectWarnings(warnings: readonly ExpressionWarning[], { fieldRefs, contains, alsoContains }: Row): void {
  expect(warnings.map(({ fieldRef }) => fieldRef)).toEqual(fieldRefs);
  for (const words of [contains ?? [], alsoContains ?? []])
    for (const [index, text] of words.entries()) expect(warnings[index]?.warning).toContain(text);
}

describe('types', () => {
  upstreamEach(
    upstreamSource('admission', table.sources.types),
    'TestTypeCheck',
  )((table.checks as readonly Row[]).map((row) => [row.name, row] as const))('%s', (_name, row) => {
    const { schema } = row;
    const typeOf = () => (schema === undefined ? undefined : { type: schemaType(schema, 'Object1', true) });
    expectWarnings(typeCheckPolicy({ spec: row.spec }, { ...kinds, typeOf }), row);
  });

  upstreamEach(
    upstreamSource('controllers', table.sources.controller),
    'TestTypeChecking',
  )((table.controller as readonly Row[]).map((row) => [row.name, row] as const))('%s', (_name, row) =>
    expectWarnings(typeCheckPolicy({ spec: row.spec }, kinds), row),
  );
});

describe('what a cluster writes', () => {
  const warningsOf = (...expressions: readonly string[]) =>
    typeCheckPolicy(
      {
        spec: {
          matchConstraints: {
            resourceRules: [
              { apiGroups: ['apps', ''], apiVersions: ['v1'], resources: ['deployments', 'pods', 'pods/status'] },
            ],
          },
          validations: expressions.map((expression) => ({ expression })),
        },
      },
      kinds,
    ).map(({ warning }) => warning);

  test('a warning tells each kind with a blank line between', () => {
    expect(warningsOf('object.spec.replica > 1')).toEqual([
      [
        "/v1, Kind=Pod: ERROR: <input>:1:12: undefined field 'replica'",
        ' | object.spec.replica > 1',
        ' | ...........^',
        '',
        "apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field 'replica'",
        ' | object.spec.replica > 1',
        ' | ...........^',
        '',
      ].join('\n'),
    ]);
  });

  test('the type of a kind is named by the moment', () => {
    const [warning] = warningsOf("object.spec == 'x' || object.metadata.name == 'y'");
    expect(warning).toMatch(/applied to '\(Deployment2500000\d+\.spec, string\)'/);
  });

  test('of quantities and ports by name or number a cluster knows no type', () => {
    const [limits, port, time] = warningsOf(
      'object.spec.containers.all(c, has(c.resources.limits))',
      'object.spec.containers.all(c, c.livenessProbe.httpGet.port == 80)',
      "object.metadata.creationTimestamp > timestamp('2026-01-01T00:00:00Z')",
    );
    expect(limits).toContain("undefined field 'limits'");
    expect(port).toContain("undefined field 'port'");
    expect(time).toBeUndefined();
  });

  test("the request's own resource is not known to the check", () => {
    const [warning] = warningsOf("authorizer.requestResource.check('get').allowed()");
    expect(warning).toContain("unexpected failed resolution of 'kubernetes.authorization.Authorizer'");
  });
});

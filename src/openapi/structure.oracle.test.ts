import { readFileSync, readdirSync } from 'node:fs';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { parseApiVersion } from '../apimachinery/group-version-kind.ts';
import type { JsonObject, JsonValue, Path } from '../base/json.ts';
import { valueAt } from '../base/json.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas, schemaOf } from './built-in-schemas.ts';
import { fieldSchema } from './schema.ts';
import type { Schema } from './schema.ts';
import { validateStructure } from './structure.ts';
import { lastWords, NEWER_THAN_1_36 } from './testdata/newer-than-1.36.ts';

/*
 * The compiled validators of kubernetes-models judge the same types from the same source by other code. They and ours
 * must name the same fields, but for the differences below, each of which is a decision.
 */

interface ValidatorError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}
interface Validator {
  (data: unknown): boolean;
  errors?: readonly ValidatorError[] | null;
}

const VALIDATORS: Readonly<Record<string, string>> = {
  'apps/v1 Deployment': 'IoK8sApiAppsV1Deployment',
  'apps/v1 StatefulSet': 'IoK8sApiAppsV1StatefulSet',
  'autoscaling/v2 HorizontalPodAutoscaler': 'IoK8sApiAutoscalingV2HorizontalPodAutoscaler',
  'batch/v1 CronJob': 'IoK8sApiBatchV1CronJob',
  'networking.k8s.io/v1 Ingress': 'IoK8sApiNetworkingV1Ingress',
  'networking.k8s.io/v1 NetworkPolicy': 'IoK8sApiNetworkingV1NetworkPolicy',
  'storage.k8s.io/v1 StorageClass': 'IoK8sApiStorageV1StorageClass',
  'v1 PersistentVolume': 'IoK8sApiCoreV1PersistentVolume',
  'v1 Pod': 'IoK8sApiCoreV1Pod',
  'v1 Secret': 'IoK8sApiCoreV1Secret',
  'v1 Service': 'IoK8sApiCoreV1Service',
};

interface Subject {
  readonly object: JsonObject;
  readonly schema: Schema;
  readonly validate: Validator;
  readonly paths: readonly Path[];
}

/** Where the two may differ: a path that only one of them names. */
interface Difference {
  readonly why: string;
  applies(found: Found): boolean;
}
interface Found {
  readonly by: 'us' | 'them';
  readonly reason: string;
  readonly path: Path;
  readonly value: JsonValue | undefined;
  readonly schema: Schema | undefined;
}

const DIFFERENCES: readonly Difference[] = [
  {
    why: 'raw content (FieldsV1, RawExtension) is kept undecoded',
    applies: ({ by, schema }) => by === 'them' && schema?.type === 'any',
  },
  {
    why: 'they let unknown fields pass; a server that decodes strictly does not',
    applies: ({ by, reason }) => by === 'us' && reason === 'unknownField',
  },
  {
    why: 'null is as good as absent in Go, also inside lists and maps',
    applies: ({ by, value }) => by === 'them' && value === null,
  },
  {
    why: 'a required field that is null is missing',
    applies: ({ by, reason, value }) => by === 'us' && reason === 'FieldValueRequired' && value === null,
  },
  {
    why: 'a status is dropped before it is looked at',
    applies: ({ by, path }) => by === 'them' && path[0] === 'status',
  },
  {
    why: 'the empty string is no value for a Go string that is optional',
    applies: ({ by, value, schema }) => by === 'them' && value === '' && schema?.emptyMeansUnset === true,
  },
  {
    why: 'OpenAPI requires more than the server does (generate/required.mjs)',
    applies: ({ by, reason, value }) => by === 'them' && reason === 'required' && value === undefined,
  },
  {
    why: 'they know only the API version and kind of the type',
    applies: ({ path }) => path.length === 1 && (path[0] === 'apiVersion' || path[0] === 'kind'),
  },
  {
    why: 'times are checked to the day, and MicroTime wants six digits',
    applies: ({ schema }) => schema?.format === 'date-time' || schema?.format === 'micro-time',
  },
  { why: 'quantities are read as Go reads them', applies: ({ schema }) => schema?.type === 'quantity' },
  {
    why: 'base64 is read as Go reads it',
    applies: ({ schema, value }) => schema?.format === 'byte' && typeof value === 'string',
  },
  {
    why: 'they let integers pass that just miss 64 bits',
    applies: ({ by, schema, value }) =>
      by === 'us' && schema?.type === 'integer' && typeof value === 'number' && Math.abs(value) >= 2 ** 63,
  },
  {
    why: 'an integer in place of an integer or string must fit 32 bits',
    applies: ({ by, schema, value }) => by === 'us' && schema?.type === 'integerOrString' && typeof value === 'number',
  },
];

let subjects: readonly Subject[] = [];

/** Every path of an object, longest last, so that a mutation may hit anything. */
function pathsOf(value: JsonValue | undefined, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.keys(value).flatMap((key) =>
      pathsOf((value as JsonObject)[key], [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function withValue(object: JsonObject, path: Path, value: JsonValue | undefined): JsonObject {
  const copy = structuredClone(object) as JsonObject;
  const parent = valueAt(copy, ...path.slice(0, -1)) as Record<string | number, JsonValue>;
  const last = path.at(-1)!;
  if (value === undefined && !Array.isArray(parent)) delete parent[last];
  else parent[last] = value ?? null;
  return copy;
}

const keyOf = (path: Path): string => JSON.stringify(path.map(String));
const pointerToPath = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

function unexplained(subject: Subject, object: JsonObject): string[] {
  const ours = new Map(validateStructure(object, subject.schema).map((error) => [keyOf(error.path), error.reason]));
  subject.validate(object);
  const theirs = new Map<string, string>();
  for (const { instancePath, keyword, params } of subject.validate.errors ?? []) {
    const path = pointerToPath(instancePath);
    theirs.set(keyOf(keyword === 'required' ? [...path, String(params['missingProperty'])] : path), keyword);
  }
  const found = (by: Found['by'], key: string, reason: string): Found => {
    const path = (JSON.parse(key) as string[]).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    return { by, reason, path, value: valueAt(object, ...path), schema: fieldSchema(subject.schema, path) };
  };
  return [
    ...[...ours].filter(([key]) => !theirs.has(key)).map(([key, reason]) => found('us', key, reason)),
    ...[...theirs].filter(([key]) => !ours.has(key)).map(([key, reason]) => found('them', key, reason)),
  ]
    .filter((one) => !DIFFERENCES.some((difference) => difference.applies(one)))
    .map((one) => `only ${one.by}: ${one.path.join('.')} ${one.reason} ${JSON.stringify(one.value)}`);
}

beforeAll(async () => {
  await preloadSchemas(GROUPS_WITH_SCHEMAS);
  const folder = new URL('./testdata/every-field/', import.meta.url);
  subjects = await Promise.all(
    readdirSync(folder).map(async (file): Promise<Subject> => {
      const object = parse(readFileSync(new URL(file, folder), 'utf8')) as JsonObject & {
        apiVersion: string;
        kind: string;
      };
      const name = VALIDATORS[`${object.apiVersion} ${object.kind}`]!;
      const { validate } = (await import(`../../node_modules/kubernetes-models/_schemas/${name}.js`)) as {
        validate: Validator;
      };
      const schema = schemaOf({ ...parseApiVersion(object.apiVersion), kind: object.kind })!;
      return { object, schema, validate, paths: pathsOf(object).slice(1) };
    }),
  );
});

describe('against the validators of kubernetes-models', () => {
  test('11 objects with every field filled: only enum fields and newer fields are wrong', () => {
    expect(subjects).toHaveLength(11);
    for (const { object, schema } of subjects) {
      const wrong = validateStructure(object, schema).filter((error) => {
        if (error.reason === 'unknownField') return !NEWER_THAN_1_36.has(lastWords(error.path));
        return !(error.reason === 'FieldValueNotSupported' && String(error.value).endsWith('Value'));
      });
      expect(wrong, String(object['kind'])).toEqual([]);
    }
  });

  test('they and ours agree on the untouched objects', () => {
    for (const subject of subjects) expect(unexplained(subject, subject.object)).toEqual([]);
  });

  test('they and ours agree when any field is changed, taken away, or an item is added', () => {
    const scalar = fc.oneof(
      fc.constantFrom<JsonValue>(
        null,
        true,
        false,
        0,
        -1,
        1.5,
        2147483648,
        -2147483649,
        9.3e18,
        '',
        'x',
        '25%',
        '1Gi',
        'TCP',
        'Always',
        'a==',
      ),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string({ maxLength: 4 }),
    );
    const value = fc.oneof<fc.Arbitrary<JsonValue>[]>(
      scalar,
      fc.array(scalar, { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('name', 'key', 'type', 'x'), scalar, { maxKeys: 2 }),
    );
    const mutation = fc.record({ subject: fc.nat(), path: fc.nat(), value: fc.option(value, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const subject = subjects[mutations[0]!.subject % subjects.length]!;
        let object = subject.object;
        for (const { path, value: changed } of mutations) {
          const where = subject.paths[path % subject.paths.length]!;
          if (
            typeof valueAt(object, ...where.slice(0, -1)) === 'object' &&
            valueAt(object, ...where.slice(0, -1)) !== null
          )
            object = withValue(object, where, changed);
        }
        expect(unexplained(subject, object)).toEqual([]);
      }),
      { numRuns: 600 },
    );
  });
});

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { formatFieldPath } from '../../src/apimachinery/field-path.ts';
import { parseApiVersion } from '../../src/apimachinery/group-version-kind.ts';
import { arrayAt, asArray, asObject, nameAt, objectAt, stringAt } from '../../src/base/json.ts';
import type { JsonObject } from '../../src/base/json.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas, schemaOf } from '../../src/openapi/built-in-schemas.ts';
import { fieldDescription, preloadDescriptions } from '../../src/openapi/descriptions.ts';
import { requiredByServer } from '../../src/openapi/generate/required.mjs';
import { typeIdOfDefinition } from '../../src/openapi/generate/type-id.mjs';
import { builtInType } from '../../src/openapi/schema-table.ts';
import type { Schema } from '../../src/openapi/schema.ts';
import { validateStructure } from '../../src/openapi/structure.ts';
import { lastWords, NEVER_PUBLISHED, NEWER_THAN_1_36 } from '../../src/openapi/testdata/newer-than-1.36.ts';

const corpora = join(import.meta.dirname, '../../../shared/corpora');
const read = (path: string): string => readFileSync(join(corpora, path), 'utf8');
const lines = (path: string): JsonObject[] =>
  (path.endsWith('.gz') ? gunzipSync(readFileSync(join(corpora, path))).toString() : read(path))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
const schemaFor = (object: JsonObject): Schema | undefined => {
  const [apiVersion, kind] = [nameAt(object, 'apiVersion'), nameAt(object, 'kind')];
  return apiVersion === undefined || kind === undefined
    ? undefined
    : schemaOf({ ...parseApiVersion(apiVersion), kind });
};
const fold = (path: Parameters<typeof formatFieldPath>[0]): string => formatFieldPath(path).replace(/\[\d+\]/g, '[]');

function unfold(value: unknown): JsonObject[] {
  const object = asObject(value);
  if (object === undefined) return [];
  return nameAt(object, 'kind')?.endsWith('List') === true ? arrayAt(object, 'items').flatMap(unfold) : [object];
}

function wordOfSchema(schema: Schema): string {
  if (schema.typeId !== undefined) return schema.typeId;
  if (schema.type === 'array') return `[]${schema.items === undefined ? 'any' : wordOfSchema(schema.items)}`;
  if (schema.type === 'object') return `map[]${schema.values === undefined ? 'any' : wordOfSchema(schema.values)}`;
  return [schema.type, schema.format].filter(Boolean).join(' ');
}

beforeAll(async () => {
  await preloadSchemas(GROUPS_WITH_SCHEMAS);
  await preloadDescriptions(GROUPS_WITH_SCHEMAS);
});

describe.skipIf(!existsSync(join(corpora, 'openapi')))('against the OpenAPI definitions of 1.36', () => {
  const definitions = existsSync(join(corpora, 'openapi'))
    ? Object.entries(
        (JSON.parse(read('openapi/definitions-v1.36.0.json')) as { definitions: Record<string, JsonObject> })
          .definitions,
      )
    : [];

  /** A type as both sides can say it: `integer int32`, `[]string`, `map[]v1.Container`. */
  function wordOf(property: JsonObject | undefined): string {
    const ref = stringAt(property, '$ref');
    if (ref !== undefined) {
      const id = typeIdOfDefinition(ref.slice(ref.lastIndexOf('/') + 1));
      return builtInType(id) === undefined ? (LEAVES[id] ?? 'any') : id;
    }
    const type = stringAt(property, 'type');
    if (type === 'array') return `[]${wordOf(objectAt(property, 'items'))}`;
    const values = objectAt(property, 'additionalProperties');
    if (type === 'object') return values === undefined ? 'any' : `map[]${wordOf(values)}`;
    return [type, stringAt(property, 'format')].filter(Boolean).join(' ');
  }
  const LEAVES: Readonly<Record<string, string>> = {
    'resource.Quantity': 'quantity',
    'intstr.IntOrString': 'integerOrString',
    'meta/v1.Time': 'string date-time',
    'meta/v1.MicroTime': 'string micro-time',
  };

  test('every type that both have, has the same fields, types, required fields and marks', () => {
    const differences: string[] = [];
    let types = 0;
    let fields = 0;
    for (const [name, definition] of definitions) {
      const id = typeIdOfDefinition(name);
      const schema = builtInType(id);
      if (schema === undefined) continue;
      types++;
      const properties = objectAt(definition, 'properties') ?? {};
      const names = [...new Set([...Object.keys(properties), ...schema.properties.keys()])];
      for (const field of names) {
        const theirs = objectAt(properties, field);
        const ours = schema.properties.get(field);
        if (theirs === undefined || ours === undefined) {
          differences.push(`${id}.${field}: ${theirs === undefined ? 'only ours' : 'only theirs'}`);
          continue;
        }
        fields++;
        if (wordOf(theirs) !== wordOfSchema(ours))
          differences.push(`${id}.${field}: ${wordOf(theirs)} and ${wordOfSchema(ours)}`);
        const marks = [
          stringAt(theirs, 'x-kubernetes-list-type'),
          asArray(theirs['x-kubernetes-list-map-keys']).join(),
          stringAt(theirs, 'x-kubernetes-patch-strategy') ?? '',
          stringAt(theirs, 'x-kubernetes-patch-merge-key'),
        ];
        const oursMarks = [ours.listType, ours.listMapKeys.join(), ours.patchStrategies.join(), ours.patchMergeKey];
        if (JSON.stringify(marks) !== JSON.stringify(oursMarks))
          differences.push(`${id}.${field}: marks ${JSON.stringify(marks)} and ${JSON.stringify(oursMarks)}`);
      }
      const required = requiredByServer(id, asArray(definition['required']).map(String)).toSorted().join();
      if (required !== [...schema.required].sort().join())
        differences.push(`${id}: required ${required} and ${schema.required.join()}`);
    }
    expect(differences).toEqual([]);
    expect(types).toBe(661);
    expect(fields).toBe(2726);
  });

  test('the texts are those of the definitions', () => {
    // Ours end with the values of an enum, which the definitions leave out.
    const plain = (text = ''): string =>
      text
        .replace(/\s*Possible enum values:[^]*/, '')
        .replace(/\s+/g, ' ')
        .trim();
    const different: string[] = [];
    let texts = 0;
    for (const [name, definition] of definitions) {
      const schema = builtInType(typeIdOfDefinition(name));
      if (schema === undefined) continue;
      const fields = [...schema.properties.keys()].filter(
        (field) => stringAt(definition, 'properties', field, 'description') !== undefined,
      );
      for (const path of [[], ...fields.map((field) => [field])]) {
        const theirs = stringAt(definition, ...path.flatMap((field) => ['properties', field]), 'description');
        texts++;
        if (plain(fieldDescription(schema, path)) !== plain(theirs))
          different.push(`${name} ${path.join('.')}: ${fieldDescription(schema, path)} / ${theirs}`);
      }
    }
    expect(different).toEqual([]);
    expect(texts).toBeGreaterThan(2000);
  });
});

describe.skipIf(!existsSync(join(corpora, 'k8s-api-testdata')))('objects with every field filled', () => {
  test('are valid but for their made-up enum values and what came after 1.36', () => {
    const folder = join(corpora, 'k8s-api-testdata');
    const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
    const wrong: string[] = [];
    let judged = 0;
    for (const file of files) {
      const object = parse(readFileSync(join(folder, file), 'utf8')) as JsonObject;
      const schema = schemaFor(object);
      if (schema === undefined) continue;
      judged++;
      const apiVersion = stringAt(object, 'apiVersion')!;
      for (const error of validateStructure(object, schema)) {
        if (error.reason === 'FieldValueNotSupported' && String(error.value).endsWith('Value')) continue;
        const words = lastWords(error.path);
        if (
          error.reason === 'unknownField' &&
          (NEWER_THAN_1_36.has(words) || NEVER_PUBLISHED[apiVersion]?.includes(words) === true)
        )
          continue;
        wrong.push(`${file} ${fold(error.path)} ${error.reason}`);
      }
    }
    expect(wrong).toEqual([]);
    // The rest are options, webhook reviews, versions newer than 1.36, and alphas and betas that are gone.
    expect([files.length, judged]).toEqual([193, 145]);
  });
});

describe.skipIf(!existsSync(join(corpora, 'golden')))("against a real API server's verdicts", () => {
  /** Fields that 1.20 had or let pass, and 1.36 does not know. */
  const GONE_OR_MISSPELT = new Set([
    'v1 Service spec.ipFamily',
    'v1 Pod spec.volumes[].storageos.pool',
    'v1 PersistentVolume spec.storageos.secretName',
    // Misspelt in the corpus; 1.20 dropped them in silence, a strict server does not.
    'v1 Pod spec.volumes[].rbd.imagefeatures',
    'v1 Pod spec.volumes[].rbd.imageformat',
    'v1 Pod spec.volumes[].scaleIO.protectionDoamin',
  ]);

  test('what it accepted has the right structure, as written and as stored', () => {
    const wrong = new Set<string>();
    let judged = 0;
    const judge = (object: JsonObject | undefined): void => {
      const schema = object === undefined ? undefined : schemaFor(object);
      if (object === undefined || schema === undefined) return;
      judged++;
      for (const error of validateStructure(object, schema)) {
        const field = `${stringAt(object, 'apiVersion')} ${stringAt(object, 'kind')} ${fold(error.path)}`;
        if (error.reason !== 'unknownField' || !GONE_OR_MISSPELT.has(field)) wrong.add(`${field} ${error.reason}`);
      }
    };
    for (const file of readdirSync(join(corpora, 'golden')).filter((name) => name.startsWith('verdicts-'))) {
      const inputs = new Map(
        lines(`golden/${file.replace('verdicts', 'kubectl-parse')}`).flatMap((record) =>
          arrayAt(record, 'objects')
            .flatMap(unfold)
            .map((object) => [
              `${stringAt(record, 'file')} ${nameAt(object, 'kind')} ${nameAt(object, 'metadata', 'name')}`,
              object,
            ]),
        ),
      );
      for (const record of lines(`golden/${file}`)) {
        if (record['verdict'] !== 'valid') continue;
        judge(objectAt(record, 'object'));
        judge(inputs.get(`${stringAt(record, 'file')} ${nameAt(record, 'kind')} ${nameAt(record, 'name')}`));
      }
    }
    expect([...wrong]).toEqual([]);
    expect(judged).toBeGreaterThan(1700);
  });

  test('what it could not decode has the wrong structure, and nothing that it accepted has', () => {
    const wrong: string[] = [];
    const judged = { undecodable: 0, accepted: 0 };
    for (const record of lines('golden/invalid-cases.ndjson')) {
      const object = objectAt(record, 'object');
      const schema = object === undefined ? undefined : schemaFor(object);
      if (schema === undefined) continue;
      const errors = validateStructure(object, schema);
      if (record['verdict'] === 'accepted') {
        judged.accepted++;
        if (errors.length > 0)
          wrong.push(`${stringAt(record, 'id')}: ${errors.map((error) => fold(error.path)).join()}`);
      } else if (record['code'] === 400 && !NOT_OF_THE_OBJECT.has(stringAt(record, 'id') ?? '')) {
        judged.undecodable++;
        if (!errors.some((error) => error.reason === 'type')) wrong.push(`${stringAt(record, 'id')}: passed`);
      }
    }
    expect(wrong).toEqual([]);
    expect(judged.undecodable).toBeGreaterThan(15);
    expect(judged.accepted).toBeGreaterThan(10);
  });

  /** Refused for where they were sent to. */
  const NOT_OF_THE_OBJECT = new Set(['meta.namespace.mismatch', 'gvk.oldGroup']);
});

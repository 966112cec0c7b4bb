import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { listSchema, mapSchema, scalarSchema, structSchema } from '../patch-schema.ts';

const text = scalarSchema('string');
const number = scalarSchema('numeric');
const strings = listSchema(text, { listType: 'atomic' });
const byName = { patchStrategy: ['merge'], patchMergeKey: 'name', listType: 'map', listMapKeys: ['name'] } as const;

const container = structSchema(
  {
    name: text,
    image: text,
    command: strings,
    env: listSchema(structSchema({ name: text, value: text }), byName),
    ports: listSchema(
      structSchema({ name: text, containerPort: number, protocol: scalarSchema('string', { default: 'TCP' }) }),
      { patchStrategy: ['merge'], patchMergeKey: 'containerPort', listType: 'map', listMapKeys: ['containerPort', 'protocol'] },
    ),
    resources: structSchema({ limits: mapSchema(scalarSchema()), requests: mapSchema(scalarSchema()) }),
  },
  { typeName: 'Container' },
);

const volume = structSchema(
  {
    name: text,
    emptyDir: structSchema({ medium: text }),
    configMap: structSchema({ name: text, optional: scalarSchema('boolean') }),
  },
  { typeName: 'Volume' },
);

/** A part of core/v1 Pod, its extensions as the OpenAPI definitions of 1.36 have them. */
export const pod: PatchSchema = structSchema(
  {
    apiVersion: text,
    kind: text,
    metadata: structSchema({
      name: text,
      namespace: text,
      labels: mapSchema(text),
      annotations: mapSchema(text),
      finalizers: listSchema(text, { patchStrategy: ['merge'], listType: 'set' }),
    }),
    spec: structSchema(
      {
        nodeName: text,
        nodeSelector: mapSchema(text, { mapType: 'atomic' }),
        containers: listSchema(container, byName),
        volumes: listSchema(volume, { ...byName, patchStrategy: ['merge', 'retainKeys'] }),
        tolerations: listSchema(structSchema({ key: text, operator: text, effect: text }), { listType: 'atomic' }),
      },
      { typeName: 'PodSpec' },
    ),
  },
  { typeName: 'Pod' },
);

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const wordMap = fc.dictionary(word, word, { maxKeys: 3 });

/** An object some of whose fields are missing. */
function fields(model: { readonly [name: string]: fc.Arbitrary<JsonValue> }, requiredKeys: string[] = []): fc.Arbitrary<JsonObject> {
  return fc.record(model, { requiredKeys }) as fc.Arbitrary<JsonObject>;
}

function uniqueBy(item: fc.Arbitrary<JsonObject>, key: string): fc.Arbitrary<JsonObject[]> {
  return fc.uniqueArray(item, { maxLength: 4, selector: (entry) => entry[key] });
}

const containerObject = fields(
  {
    name: word,
    image: word,
    command: fc.array(word, { maxLength: 3 }),
    env: uniqueBy(fields({ name: word, value: word }, ['name']), 'name'),
    ports: uniqueBy(fields({ containerPort: fc.integer({ min: 1, max: 20 }), name: word, protocol: fc.constantFrom('TCP', 'UDP') }, ['containerPort']), 'containerPort'),
    resources: fields({ limits: wordMap, requests: wordMap }),
  },
  ['name'],
);

const volumeObject = fc.oneof(
  fields({ name: word, emptyDir: fields({ medium: word }) }, ['name', 'emptyDir']),
  fields({ name: word, configMap: fields({ name: word, optional: fc.boolean() }, ['name']) }, ['name', 'configMap']),
);

/** Pods of few words, so that two of them have much in common. Finalizers are sorted: see `diffListsOfScalars`. */
export const podObject: fc.Arbitrary<JsonObject> = fields(
  {
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Pod'),
    metadata: fields({ name: word, labels: wordMap, finalizers: fc.uniqueArray(word, { maxLength: 3 }).map((list) => list.toSorted()) }, ['name']),
    spec: fields(
      {
        nodeName: word,
        nodeSelector: wordMap,
        containers: uniqueBy(containerObject, 'name'),
        volumes: uniqueBy(volumeObject, 'name'),
        tolerations: fc.array(fields({ key: word, operator: word, effect: word }), { maxLength: 3 }),
      },
      ['containers'],
    ),
  },
  ['apiVersion', 'kind', 'metadata', 'spec'],
);

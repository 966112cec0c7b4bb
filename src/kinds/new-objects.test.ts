import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseGroupKind } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import type { JsonValue } from '../base/json.ts';
import { isJsonObject } from '../base/json.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas } from '../openapi/built-in-schemas.ts';
import { NO_CUSTOM_RESOURCES } from './custom-resources.ts';
import { BUILT_IN_KINDS } from './index.ts';
import { judgeUpdate } from './judge-update.ts';
import { judge } from './judge.ts';
import type { KindDefinition } from './kind.ts';
import type { JudgeContext } from './served-kind.ts';
import { KINDS_WITH_STRATEGIES, preloadStrategies, strategyOf } from './strategies.ts';

const context: JudgeContext = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };
const kinds = KINDS_WITH_STRATEGIES.map((name) => [name, BUILT_IN_KINDS.get(parseGroupKind(name))] as const);

beforeAll(async () => {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
});

const fresh = (definition: KindDefinition): KubernetesObject => definition.newObject('fresh', 'shop');

describe('a new object', () => {
  it.each(kinds)('%s is accepted, with and without a namespace', (_, definition) => {
    for (const object of [fresh(definition), definition.newObject('fresh')]) {
      expect(judge(object, context)).toMatchObject({ valid: true, errors: [] });
    }
  });

  it.each(kinds)('%s is accepted again once it is stored, and as an update of itself', (_, definition) => {
    const { stored } = judge(fresh(definition), context);
    expect(judge(stored!, context)).toMatchObject({ valid: true, errors: [] });
    expect(judgeUpdate(stored!, stored!, context)).toMatchObject({ valid: true, errors: [] });
  });
});

describe('defaults', () => {
  it.each(kinds)('of %s are filled in once', (_, definition) => {
    const { setDefaults } = strategyOf(definition)!;
    const once = setDefaults(fresh(definition));
    expect(setDefaults(once)).toEqual(once);
  });
});

/** Every place in a value: maps, lists and leaves. */
function placesOf(
  value: JsonValue | undefined,
  path: readonly (string | number)[] = [],
): readonly (string | number)[][] {
  const children = Array.isArray(value)
    ? (value as readonly JsonValue[]).flatMap((item, index) => placesOf(item, [...path, index]))
    : isJsonObject(value)
      ? Object.keys(value).flatMap((key) => placesOf(value[key], [...path, key]))
      : [];
  return [[...path], ...children];
}

function replaceAt(value: JsonValue | undefined, path: readonly (string | number)[], by: JsonValue): JsonValue {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((item, index) => (index === key ? replaceAt(item, rest, by) : item));
  if (!isJsonObject(value)) return by;
  return { ...value, [key]: replaceAt(value[key], rest, by) };
}

const anything: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    '',
    0,
    -1,
    true,
    'x',
    'A b',
    '%',
    '10%',
    '1Gi',
    '-5',
    1.5,
    70000,
    {},
    [],
    [null],
    [{}],
  ),
  fc.string(),
  fc.integer(),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
);

describe('one random change of a new object', () => {
  it.each(kinds)('%s: never throws, and the verdict has its parts', (_, definition) => {
    const stored = judge(fresh(definition), context).stored ?? fresh(definition);
    const places = placesOf(stored).filter((path) => path.length > 0 && path[0] !== 'apiVersion' && path[0] !== 'kind');
    fc.assert(
      fc.property(fc.constantFrom(...places), anything, (path, by) => {
        const changed = replaceAt(stored, path, by) as KubernetesObject;
        for (const verdict of [judge(changed, context), judgeUpdate(changed, stored, context)]) {
          expect(verdict.valid === true).toBe(verdict.errors.length === 0);
          expect(verdict.message === '').toBe(verdict.valid === true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

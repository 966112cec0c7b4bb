import { beforeAll, describe, expect, it } from 'vitest';
import { groupVersionKindOf, parseGroupKind } from '../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { isJsonObject, valueAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import { NO_CUSTOM_RESOURCES } from '../../kinds/custom-resources.ts';
import { BUILT_IN_KINDS } from '../../kinds/index.ts';
import { judge } from '../../kinds/judge.ts';
import type { JudgeContext } from '../../kinds/served-kind.ts';
import { applyEdits } from '../../kinds/shared/testing/apply-edits.ts';
import { KINDS_WITH_STRATEGIES, preloadStrategies } from '../../kinds/strategies.ts';
import { GROUPS_WITH_SCHEMAS, preloadSchemas, schemaOf } from '../../openapi/built-in-schemas.ts';
import { fieldSchema } from '../../openapi/schema.ts';
import type { Schema } from '../../openapi/schema.ts';
import { startField } from './start-field.ts';

const context: JudgeContext = { registry: BUILT_IN_KINDS, customResources: NO_CUSTOM_RESOURCES };
const kinds = KINDS_WITH_STRATEGIES.map((name) => [name, BUILT_IN_KINDS.get(parseGroupKind(name))] as const);

/** Fields that the server takes from nobody in this place of these objects, and the form writes nothing for. */
const NEVER: readonly (readonly [place: RegExp, reason: string])[] = [
  [/\.resources\.claims$/, 'a Pod as a whole has no resource claims; its containers have'],
  [/\.ephemeralContainers\.\*$/, 'set by the subresource of a Pod that runs, never in a manifest'],
  [
    /[a-z]\.metadata\.(?:finalizers|managedFields|ownerReferences)$/,
    'the metadata of a claim template has labels and annotations only',
  ],
  [/^PriorityLevelConfiguration\S* spec\.exempt$/, 'only the level named exempt is exempt'],
  [/\.inlineVolumeSpec\.(?!csi)/, 'an inline volume is one of a CSI driver'],
  [/\.dependencies$/, 'the server refuses dependencies, definitions and the like in the schema of a definition'],
  [/\.optionalOldSelf$/, 'wants a rule that names oldSelf'],
  [/\.selectableFields\.\*$/, 'names a field of the schema, which is a choice among those there are'],
  [/^CronJob\S* spec\.jobTemplate\.spec\.selector$/, 'the server makes the selector of every Job of a CronJob'],
  [
    /\.(?:oneOf|anyOf|allOf|not)\.(?:.*\.)?x-kubernetes-preserve-unknown-fields$/,
    'what a value may be is said outside of oneOf and its like',
  ],
  [/^TLSRoute\S* spec\.rules\.\*$/, 'there is exactly one rule'],
  [/^ResourceSlice\S* spec\.nodeSelector\.nodeSelectorTerms\.\*$/, 'there is exactly one term'],
];

interface Offer {
  readonly object: KubernetesObject;
  readonly path: Path;
  readonly schema: Schema;
}

beforeAll(async () => {
  await Promise.all([preloadSchemas(GROUPS_WITH_SCHEMAS), preloadStrategies()]);
});

const placeOf = (path: Path): string => path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');

/** What the form offers at a place of an object: the next item of a list, or fields that are not there. */
function offersAt(object: KubernetesObject, path: Path, root: Schema): readonly Offer[] {
  const value = valueAt(object, ...path);
  const schema = fieldSchema(root, path);
  if (schema === undefined) return [];
  if (Array.isArray(value))
    return schema.items ? [{ object, path: [...path, value.length], schema: schema.items }] : [];
  if (!isJsonObject(value)) return [];
  return [...schema.properties]
    .filter(([name]) => !Object.hasOwn(value, name) && name !== 'status')
    .filter(([name]) => path.length > 0 || (name !== 'apiVersion' && name !== 'kind'))
    .map(([name, child]) => ({ object, path: [...path, name], schema: child }));
}

/** Maps and lists in an object, from a place on. */
function groupsFrom(object: KubernetesObject, path: Path): readonly Path[] {
  const value = valueAt(object, ...path);
  const keys = Array.isArray(value) ? [...value.keys()] : isJsonObject(value) ? Object.keys(value) : undefined;
  return keys === undefined ? [] : [path, ...keys.flatMap((key) => groupsFrom(object, [...path, key]))];
}

/** A field of a type is looked at once in each kind, wherever it stands. */
function keyOf(root: Schema, path: Path): string {
  const parent = fieldSchema(root, path.slice(0, -1));
  return parent?.typeId === undefined ? placeOf(path) : `${parent.typeId} ${placeOf(path.slice(-1))}`;
}

/** Every field that is offered for a new object, and for what that adds, as far down as types go. */
function tryOffers(kind: string, first: KubernetesObject, root: Schema): { refused: string[]; tried: number } {
  const seen = new Set<string>();
  const groups: { object: KubernetesObject; path: Path }[] = groupsFrom(first, []).map((path) => ({
    object: first,
    path,
  }));
  const refused: string[] = [];
  let tried = 0;
  for (let group = groups.pop(); group; group = groups.pop()) {
    for (const { object, path, schema } of offersAt(group.object, group.path, root)) {
      const key = keyOf(root, path);
      if (seen.has(key) || !['object', 'array', 'boolean'].includes(schema.type)) continue;
      seen.add(key);
      tried++;
      const place = `${kind} ${placeOf(path)}`;
      if (NEVER.some(([never]) => never.test(place))) continue;
      const edits = startField(object, path, root, context, schema);
      const after = edits && (applyEdits(object, edits) as KubernetesObject);
      if (!after || judge(after, context).valid !== true || valueAt(after, ...path) === undefined) refused.push(place);
      else groups.push(...groupsFrom(after, path).map((inner) => ({ object: after, path: inner })));
    }
  }
  return { refused, tried };
}

describe('every field that the form offers, as the form begins it, is accepted', () => {
  it.each(kinds)(
    '%s',
    (name, definition) => {
      const first = definition.newObject('fresh', 'shop');
      const root = schemaOf(groupVersionKindOf(first));
      expect(root).toBeDefined();
      if (!root) return;
      const { refused, tried } = tryOffers(name, first, root);
      expect(refused).toEqual([]);
      expect(tried).toBeGreaterThan(3);
    },
    120_000,
  );
});

describe('a field that the server takes from nobody is not written', () => {
  it.each([
    ['Pod', ['spec', 'resources', 'claims'], { resources: {} }],
    ['Pod', ['spec', 'ephemeralContainers', 0], { ephemeralContainers: [] }],
    ['PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io', ['spec', 'exempt'], {}],
    [
      'VolumeAttachment.storage.k8s.io',
      ['spec', 'source', 'inlineVolumeSpec', 'nfs'],
      { source: { inlineVolumeSpec: { accessModes: ['ReadWriteOnce'], csi: { driver: 'd', volumeHandle: 'h' } } } },
    ],
  ] as const)('%s %j', (name, path, more) => {
    const fresh = BUILT_IN_KINDS.get(parseGroupKind(name)).newObject('fresh', 'shop');
    const object = { ...fresh, spec: { ...(fresh['spec'] as object), ...more } } as KubernetesObject;
    const root = schemaOf(groupVersionKindOf(object))!;
    expect(judge(object, context).valid).toBe(true);
    expect(startField(object, path, root, context, fieldSchema(root, path)!)).toBeUndefined();
  });
});

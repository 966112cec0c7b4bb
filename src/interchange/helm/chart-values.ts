import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject, JsonValue, Path } from '../../base/json.ts';
import { arrayAt, stringAt, valueAt } from '../../base/json.ts';
import type { Design, DesignRecord, RecordId } from '../../design/design.ts';
import type { KindRegistry } from '../../kinds/registry.ts';

/** A field of an object that the users of a chart may set. */
export interface ChartValue {
  readonly record: RecordId;
  readonly field: Path;
  /** Where it stands in `values.yaml`. */
  readonly key: readonly string[];
  readonly value: JsonValue;
}

/** What people usually set: images and replicas of workloads, types of Services, hosts, sizes of claims. */
export function usualValues(design: Design, registry: KindRegistry): readonly ChartValue[] {
  const keys = new Set<string>();
  return [...design.records.values()].flatMap((record) => {
    const fields = usualFields(record, registry).flatMap(([field, name]) => {
      const value = valueAt(record.object, ...field);
      return isScalar(value) ? [{ field, name, value }] : [];
    });
    if (fields.length === 0) return [];
    const key = freeKey(record, keys);
    return fields.map(({ field, name, value }) => ({ record: record.id, field, key: [key, name], value }));
  });
}

/** Fields that a person chose on the canvas, each with a name of its own. */
export function chosenValues(
  design: Design,
  choices: readonly { readonly record: RecordId; readonly field: Path }[],
): readonly ChartValue[] {
  const keys = new Set<string>();
  const keyOf = new Map<RecordId, string>();
  const names = new Set<string>();
  return choices.flatMap(({ record: id, field }): ChartValue[] => {
    const record = design.records.get(id);
    const value = record && valueAt(record.object, ...field);
    if (!record || !isScalar(value)) return [];
    const key = keyOf.get(id) ?? freeKey(record, keys);
    keyOf.set(id, key);
    const plain = camel([...field].reverse().find((part) => typeof part === 'string') ?? 'value');
    let name = plain;
    for (let number = 2; names.has(`${key}.${name}`); number++) name = `${plain}${number}`;
    names.add(`${key}.${name}`);
    return [{ record: id, field, key: [key, name], value }];
  });
}

function isScalar(value: JsonValue | undefined): value is string | number | boolean | bigint {
  return value !== undefined && value !== null && typeof value !== 'object';
}

type NamedField = readonly [field: Path, name: string];

function usualFields({ object }: DesignRecord, registry: KindRegistry): readonly NamedField[] {
  const template = registry.of(object).podTemplate?.(object);
  const lists = ['initContainers', 'containers'] as const;
  const containers = template
    ? lists.flatMap((list) => arrayAt(template.spec, list).map((item, index) => ({ list, item, index })))
    : [];
  const images = containers.map(({ list, item, index }): NamedField => {
    const name = containers.length === 1 ? 'image' : camel(`${stringAt(item, 'name') ?? list}-image`);
    return [[...template!.specPath, list, index, 'image'], name];
  });
  const claims = arrayAt(object, 'spec', 'volumeClaimTemplates').map((claim, index): NamedField => [
    ['spec', 'volumeClaimTemplates', index, 'spec', 'resources', 'requests', 'storage'],
    camel(`${stringAt(claim, 'metadata', 'name') ?? ''}-storage`),
  ]);
  const hosts = arrayAt(object, 'spec', 'rules').map((_, index): NamedField => [
    ['spec', 'rules', index, 'host'],
    index === 0 ? 'host' : `host${index + 1}`,
  ]);
  const isService = registry.of(object).servicePorts !== undefined;
  return [
    [['spec', 'replicas'], 'replicas'],
    ...images,
    [['spec', 'schedule'], 'schedule'],
    ...(isService ? ([[['spec', 'type'], 'type']] as const) : []),
    ...hosts,
    [['spec', 'resources', 'requests', 'storage'], 'storage'],
    ...claims,
  ];
}

/** The object's name, with its kind where another one has it. */
function freeKey({ object }: DesignRecord, taken: Set<string>): string {
  const plain = camel(nameOf(object) || object.kind);
  const withKind = camel(`${nameOf(object)}-${object.kind}`);
  let key = taken.has(plain) ? withKind : plain;
  for (let number = 2; taken.has(key); number++) key = `${withKind}${number}`;
  taken.add(key);
  return key;
}

/** A name that a template can write after a dot. */
function camel(text: string): string {
  const name = text
    .replaceAll(/[^A-Za-z0-9]+([A-Za-z0-9]?)/g, (_, sign: string) => sign.toUpperCase())
    .replace(/^[A-Z]/, (sign) => sign.toLowerCase());
  return /^[A-Za-z]/.test(name) ? name : `x${name}`;
}

/** The values as `values.yaml` holds them. */
export function valuesTree(values: readonly ChartValue[]): JsonObject {
  const tree = new Map<string, Map<string, JsonValue>>();
  for (const { key, value } of values) {
    const [first = '', second = ''] = key;
    const inner = tree.get(first) ?? new Map<string, JsonValue>();
    inner.set(second, value);
    tree.set(first, inner);
  }
  return Object.fromEntries([...tree].map(([key, inner]) => [key, Object.fromEntries(inner)]));
}

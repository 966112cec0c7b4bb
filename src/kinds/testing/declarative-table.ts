import { expect } from 'vitest';
import { formatFieldError } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { applyMergePatch } from '../../apimachinery/patch/merge-patch.ts';
import type { JsonObject } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import type { UpstreamSource } from '../../base/testing/upstream-table.ts';
import { upstreamEach, upstreamSource } from '../../base/testing/upstream-table.ts';
import { metadataRulesOf } from '../metadata-rules.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from '../shared/validation/object-meta.ts';
import type { KindStrategy } from '../strategy.ts';

interface Row {
  readonly strategy: KindStrategy;
  readonly source: UpstreamSource;
  readonly test: string;
  readonly name: string;
  readonly object: KubernetesObject;
  readonly old?: KubernetesObject;
  readonly errors: readonly string[];
}

export type DeclarativeCreate = readonly [name: string, change: JsonObject, ...errors: readonly string[]];
export type DeclarativeUpdate = readonly [
  name: string,
  before: JsonObject,
  after: JsonObject,
  ...errors: readonly string[],
];

export interface DeclarativeTable {
  readonly strategy: KindStrategy;
  /** Folder in pkg/registry. */
  readonly folder: string;
  readonly valid: JsonObject;
  readonly create?: readonly [test: string, rows: readonly DeclarativeCreate[]];
  readonly update?: readonly [test: string, rows: readonly DeclarativeUpdate[]];
}

export const declarativeSource = (folder: string): UpstreamSource =>
  upstreamSource('validation', `pkg/registry/${folder}/declarative_validation_test.go, Kubernetes 1.36.2`);

function patched(object: JsonObject, change: JsonObject): JsonObject {
  const result = applyMergePatch(object, change);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value as JsonObject;
}

function rowsOf({ strategy, folder, valid, create, update }: DeclarativeTable): readonly Row[] {
  const source = declarativeSource(folder);
  const made = (change: JsonObject, resourceVersion?: string): KubernetesObject => {
    const { group, kind } = strategy;
    const base = { apiVersion: group === '' ? 'v1' : `${group}/v1`, kind, metadata: { name: 'valid' }, ...valid };
    const version = resourceVersion === undefined ? {} : { metadata: { resourceVersion } };
    return patched(patched(base, version), change) as KubernetesObject;
  };
  return [
    ...(create?.[1] ?? []).map(([name, change, ...errors]) => {
      return { strategy, source, test: create?.[0] ?? '', name, object: made(change), errors };
    }),
    ...(update?.[1] ?? []).map(([name, before, after, ...errors]) => {
      const [old, object] = [made(before, '1'), made(after, '1')];
      return { strategy, source, test: update?.[0] ?? '', name, object, old, errors };
    }),
  ];
}

/**
 * For tests: tables that upstream holds its handwritten rules and its rules in tags to. As upstream does, the fields and the
 * types of errors are compared and no words.
 */
export function judgeTables(tables: readonly DeclarativeTable[]): void {
  upstreamEach<Row>(({ source }) => source)(tables.flatMap(rowsOf))(
    '$test/$name',
    ({ strategy, object, old, errors }) => {
      const rules = metadataRulesOf(strategy, object);
      if (!rules) throw new Error(`${strategy.kind} has no rules for metadata`);
      const metadata = valueAt(object, 'metadata');
      const namespaced = valueAt(metadata, 'namespace') !== undefined;
      const told = [
        ...(old
          ? validateObjectMetaUpdate(metadata, valueAt(old, 'metadata'), rules)
          : validateObjectMeta(metadata, { ...rules, namespaced })),
        ...strategy.validate(object, old),
        ...(old ? (strategy.validateUpdate?.(object, old) ?? []) : []),
      ];
      const short = told.map((error) => formatFieldError(error).split(': ').slice(0, 2).join(': '));
      expect(new Set(short)).toEqual(new Set(errors));
    },
  );
}

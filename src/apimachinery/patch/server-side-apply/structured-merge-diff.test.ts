import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { isJsonObject } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import type { PatchSchema } from '../patch-schema.ts';
import { EMPTY_SET, equalSets, pathsOf, recursiveDifference } from './field-set.ts';
import { fromFieldsV1 } from './fields-v1.ts';
import type { Managers } from './managers.ts';
import { formatPath } from './path-element.ts';
import { smdSchema } from './testdata/smd-schema.ts';
import upstream from './testdata/structured-merge-diff.json' with { type: 'json' };
import type { TypedValue } from './typed-value.ts';
import { OwnershipConflict, applyConfig, updateManagers } from './updater.ts';
import type { UpdaterOptions } from './updater.ts';
import { validateTyped } from './validate-typed.ts';

const SOURCE = {
  area: 'patches',
  file: 'sigs.k8s.io/structured-merge-diff/v6/merge/*_test.go',
  release: '6.3.2',
} as const;

const LEFT_OUT = Object.fromEntries(
  upstream.leftOut.map(({ cases: count, reason }) => [reason, { count, reason }] as const),
);

interface Operation {
  readonly op: 'apply' | 'force' | 'update' | 'schema';
  readonly manager: string;
  readonly apiVersion: string;
  readonly object: JsonValue;
  readonly conflicts?: readonly { readonly manager: string; readonly path: string }[];
  readonly schema?: string;
}

interface Case {
  readonly name: string;
  readonly converter?: 'renaming';
  /** By API version: which schema, and which of its types. */
  readonly types: { readonly [version: string]: readonly [schema: string, type: string] };
  readonly ops: readonly Operation[];
  readonly object?: JsonValue;
  readonly apiVersion?: string;
  readonly managed?: {
    readonly [manager: string]: { readonly apiVersion: string; readonly applied: boolean; readonly fields: JsonObject };
  };
  readonly ignored?: { readonly [version: string]: JsonObject };
  readonly fails?: true;
}

const cases = upstream.cases as unknown as readonly Case[];
const schemas = new Map(
  Object.entries(upstream.schemas).map(([id, types]) => [id, smdSchema(types as unknown as JsonValue)]),
);

/** What an API server does with the operations of one case. */
class World {
  readonly #row: Case;
  #changedSchema: string | undefined;
  managers: Managers = new Map();
  live: TypedValue | undefined;

  constructor(row: Case) {
    this.#row = row;
  }

  run(operation: Operation): void {
    if (operation.op === 'schema') {
      this.#changedSchema = operation.schema;
      if (this.live)
        this.live = { value: this.live.value, schema: this.#schemaOf(Object.keys(this.#row.types)[0] ?? '') };
      return;
    }
    const { manager, apiVersion, op, object } = operation;
    const live = this.convert(this.live ?? { value: null, schema: this.#schemaOf(apiVersion) }, apiVersion);
    const next: TypedValue = { value: object, schema: live.schema };
    const errors = validateTyped(object, next.schema, op === 'update');
    if (errors.length > 0) throw new Error(errors.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    if (op === 'update') {
      this.managers = updateManagers(live, next, apiVersion, this.managers, manager, this.#options());
      this.live = next;
    } else this.#apply(live, next, operation);
  }

  #apply(live: TypedValue, next: TypedValue, { manager, apiVersion, op, conflicts = [] }: Operation): void {
    this.live = live;
    try {
      const applied = applyConfig(live, next, apiVersion, this.managers, manager, op === 'force', this.#options());
      expect(conflicts).toEqual([]);
      this.managers = applied.managers;
      this.live = applied.object ?? live;
    } catch (error) {
      if (!(error instanceof OwnershipConflict) || conflicts.length === 0) throw error;
      const found = [...error.conflicts].flatMap(([owner, set]) =>
        pathsOf(set).map((path) => `${owner} ${formatPath(path)}`),
      );
      expect(found.sort()).toEqual(conflicts.map((conflict) => `${conflict.manager} ${conflict.path}`).sort());
    }
  }

  convert(value: TypedValue, version: string): TypedValue {
    const schema = this.#schemaOf(version);
    if (this.#row.converter !== 'renaming') return { value: value.value, schema };
    const from = Object.keys(this.#row.types).find((other) => this.#schemaOf(other) === value.schema) ?? version;
    return { value: renameFields(value.value ?? null, from, version), schema };
  }

  #schemaOf(version: string): PatchSchema {
    const type = this.#row.types[version] ?? Object.values(this.#row.types)[0];
    const schema = schemas.get(this.#changedSchema ?? type?.[0] ?? '');
    if (!schema) throw new Error(`no schema at ${version}`);
    return schema(type?.[1] ?? '');
  }

  #options(): UpdaterOptions {
    const { ignored } = this.#row;
    const convert = (value: TypedValue, version: string): TypedValue => this.convert(value, version);
    if (!ignored) return { convert };
    return { convert, filter: (set, version) => recursiveDifference(set, fromFieldsV1(ignored[version]) ?? EMPTY_SET) };
  }
}

/** Upstream's renaming converter: `name_v1` of v1 is `name_v2` of v2. */
function renameFields(value: JsonValue, from: string, to: string): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => renameFields(item, from, to));
  if (!isJsonObject(value)) return value;
  const rename = (key: string): string => (key.endsWith(from) ? key.slice(0, -from.length) + to : key);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [rename(key), renameFields(item ?? null, from, to)]),
  );
}

describe('the merge cases of structured-merge-diff', () => {
  upstreamLeftOut(SOURCE, LEFT_OUT);
  upstreamEach(SOURCE)(cases)('$name', (row) => {
    const world = new World(row);
    if (row.fails) {
      expect(() => row.ops.forEach((operation) => world.run(operation))).toThrow();
      return;
    }
    row.ops.forEach((operation) => world.run(operation));
    if (row.object !== undefined) {
      const live = world.live && world.convert(world.live, row.apiVersion ?? '');
      expect(live?.value).toEqual(row.object);
    }
    if (row.managed) expectManagers(world.managers, row.managed);
    for (const { set } of world.managers.values()) expect(pathsOf(set)).not.toEqual([]);
  });
  it('are counted', () => {
    const counts = new Map<string, number>();
    for (const { name } of cases) counts.set(name.split('/')[0]!, (counts.get(name.split('/')[0]!) ?? 0) + 1);
    expect(cases).toHaveLength(TOTAL);
  });
});

const TOTAL = 127;

function expectManagers(actual: Managers, expected: NonNullable<Case['managed']>): void {
  const shown = [...actual].map(([manager, { set, apiVersion }]) => [
    manager,
    apiVersion,
    pathsOf(set).map(formatPath),
  ]);
  const wanted = Object.entries(expected).map(([manager, { apiVersion, fields }]) => {
    const set = fromFieldsV1(fields) ?? EMPTY_SET;
    const own = actual.get(manager)?.set;
    if (own && equalSets(own, set)) expect(equalSets(set, own)).toBe(true);
    return [manager, apiVersion, pathsOf(set).map(formatPath)];
  });
  expect(shown.sort()).toEqual(wanted.sort());
}

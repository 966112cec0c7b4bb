import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { compareTyped } from './compare-typed.ts';
import { EMPTY_SET, pathsOf } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { fieldSetOfValue } from './field-set-of-value.ts';
import { fromFieldsV1, toFieldsV1 } from './fields-v1.ts';
import { mergeTyped } from './merge-typed.ts';
import { formatPath } from './path-element.ts';
import { reconcileWithSchema } from './reconcile-schema.ts';
import { removeItems } from './remove-items.ts';
import { smdSchema } from './testdata/smd-schema.ts';
import upstream from './testdata/typed-values.json' with { type: 'json' };
import { validateTyped } from './validate-typed.ts';

const SOURCE = {
  area: 'patches',
  file: 'sigs.k8s.io/structured-merge-diff/v6/typed/*_test.go',
  release: '6.3.2',
} as const;

const LEFT_OUT = Object.fromEntries(
  upstream.leftOut.map(({ cases: count, reason }) => [reason, { count, reason }] as const),
);

interface Row {
  readonly kind: 'merge' | 'compare' | 'toset' | 'remove' | 'reconcile' | 'valid' | 'invalid' | 'duplicates';
  readonly name: string;
  readonly schema: string;
  readonly type: string;
  readonly [key: string]: JsonValue | undefined;
}

const schemas = new Map(
  Object.entries(upstream.schemas).map(([id, types]) => [id, smdSchema(types as unknown as JsonValue)]),
);
const rows = (upstream.cases as unknown as readonly Row[]).map((row) => ({ row, title: `${row.kind} ${row.name}` }));

function setOf(fields: JsonValue | undefined): FieldSet {
  return fromFieldsV1(fields) ?? EMPTY_SET;
}

function shown(set: FieldSet): string[] {
  return pathsOf(set).map(formatPath);
}

function check(row: Row): void {
  const schema = schemas.get(row.schema)!(row.type);
  const { lhs = null, rhs = null, object = null, out = null } = row;
  switch (row.kind) {
    case 'merge':
      expect(mergeTyped(lhs, rhs, schema) ?? null).toEqual(out);
      break;
    case 'compare': {
      const { added, modified, removed } = compareTyped({ value: lhs, schema }, { value: rhs, schema });
      const wanted = [row['added'], row['modified'], row['removed']].map((fields) => shown(setOf(fields)));
      expect([shown(added), shown(modified), shown(removed)]).toEqual(wanted);
      const reverse = compareTyped({ value: rhs, schema }, { value: lhs, schema });
      expect([shown(reverse.added), shown(reverse.removed)]).toEqual([wanted[2], wanted[0]]);
      break;
    }
    case 'toset':
      expect(toFieldsV1(fieldSetOfValue({ value: object, schema }))).toEqual(row['set'] as JsonObject);
      break;
    case 'remove':
      expect(removeItems({ value: object, schema }, setOf(row['set'])).value).toEqual(out);
      break;
    case 'reconcile':
      expect(shown(reconcileWithSchema(setOf(row['old']), schema))).toEqual(shown(setOf(row['fixed'] ?? row['old'])));
      break;
    case 'valid':
      expect(validateTyped(object, schema, false)).toEqual([]);
      break;
    case 'invalid':
      expect(validateTyped(object, schema, false)).not.toEqual([]);
      break;
    case 'duplicates':
      expect(validateTyped(object, schema, false)).not.toEqual([]);
      expect(validateTyped(object, schema, true)).toEqual([]);
  }
}

describe('the typed values of structured-merge-diff', () => {
  upstreamLeftOut(SOURCE, LEFT_OUT);
  upstreamEach(SOURCE)(rows)('$title', ({ row }) => check(row));
  it('are counted', () => {
    const counts = new Map<string, number>();
    for (const { row } of rows) counts.set(row.kind, (counts.get(row.kind) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      compare: 99,
      duplicates: 4,
      invalid: 55,
      merge: 96,
      reconcile: 7,
      remove: 47,
      toset: 50,
      valid: 22,
    });
  });
});

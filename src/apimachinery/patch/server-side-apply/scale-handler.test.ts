import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../base/json.ts';
import { upstreamEach } from '../../../base/testing/upstream-table.ts';
import { fieldElement } from './path-element.ts';
import { managedFieldsOfScale, managedFieldsOfScaled } from './scale-handler.ts';
import type { ReplicasPaths } from './scale-handler.ts';
import upstream from './testdata/scale-handler.json' with { type: 'json' };

const SOURCE = {
  area: 'patches',
  file: 'staging/src/k8s.io/apimachinery/pkg/util/managedfields/scalehandler_test.go',
  release: '1.36.2',
} as const;

interface Row {
  readonly name: string;
  readonly op: 'subresource' | 'parent';
  readonly mappings: { readonly [apiVersion: string]: readonly string[] | null };
  readonly groupVersion: string;
  readonly parent: readonly JsonValue[] | null;
  readonly scale?: readonly JsonValue[] | null;
  readonly out: readonly JsonValue[] | null;
}

const rows = upstream.cases as unknown as readonly Row[];

describe("the managers of a Scale and of its parent, upstream's cases", () => {
  upstreamEach(SOURCE)(rows.map((row, index) => ({ index, row })))('$index $row.op $row.name', ({ row }) => {
    const paths: ReplicasPaths = new Map(
      Object.entries(row.mappings).map(([version, path]) => [version, path?.map(fieldElement)]),
    );
    const result =
      row.op === 'subresource'
        ? managedFieldsOfScale(row.parent ?? [], paths)
        : managedFieldsOfScaled(row.parent ?? [], row.scale ?? [], row.groupVersion, paths);
    expect(result).toEqual({ ok: true, value: row.out ?? [] });
  });
  it('are counted', () => expect(rows).toHaveLength(17));
});

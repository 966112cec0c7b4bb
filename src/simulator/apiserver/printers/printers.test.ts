import { expect } from 'vitest';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { upstreamEach, upstreamLeftOut } from '../../../base/testing/upstream-table.ts';
import { printerOf } from './printers.ts';
import upstream from './testdata/printers.json';

interface Case {
  readonly name: string;
  readonly nowMs: number;
  readonly wide: boolean;
  readonly object: KubernetesObject;
  readonly cells: readonly unknown[];
}

const source = {
  area: 'kube-apiserver',
  file: 'pkg/printers/internalversion/printers_test.go',
  release: '1.36.2',
} as const;

const cases = upstream.cases as unknown as readonly Case[];

/** The server adds the columns of `-o wide` to some rows only when asked. */
function cellsOf({ object, nowMs, wide, cells }: Case): readonly string[] {
  const { columns, cells: print } = printerOf(groupVersionKindOf(object));
  const all = print(object, { nowMs, wide }).map(String);
  return cells.length === columns.length ? all : all.filter((_, index) => !columns[index]!.startsWith('+'));
}

upstreamEach(source)(cases.map((upstreamCase) => [upstreamCase.name, upstreamCase] as const))(
  '%s',
  (_name, upstreamCase) => {
    expect(cellsOf(upstreamCase)).toEqual(upstreamCase.cells.map(String));
  },
);

upstreamLeftOut(source, upstream.leftOut);

import { expect, it } from 'vitest';
import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { printerOf } from './printers.ts';
import upstream from './testdata/printers.json';

interface Case {
  readonly name: string;
  readonly nowMs: number;
  readonly wide: boolean;
  readonly object: KubernetesObject;
  readonly cells: readonly unknown[];
}

const cases = upstream.cases as unknown as readonly Case[];

/** The server adds the columns of `-o wide` to some rows only when asked. */
function cellsOf({ object, nowMs, wide, cells }: Case): readonly string[] {
  const { columns, cells: print } = printerOf(groupVersionKindOf(object));
  const all = print(object, { nowMs, wide }).map(String);
  return cells.length === columns.length ? all : all.filter((_, index) => !columns[index]!.startsWith('+'));
}

it.each(cases.map((upstreamCase) => [upstreamCase.name, upstreamCase] as const))('%s', (_name, upstreamCase) => {
  expect(cellsOf(upstreamCase)).toEqual(upstreamCase.cells.map(String));
});

it('has all cases of the upstream table but those left out', () => {
  expect(cases).toHaveLength(236);
  expect(Object.keys(upstream.leftOut)).toHaveLength(43);
  expect(Object.values(upstream.leftOut).every((reason) => reason !== '')).toBe(true);
});

import { describe, expect, it } from 'vitest';
import { designOf, recordNamed } from '../../design/testing/design-of.ts';
import type { Problem } from '../../design/problem.ts';
import { countProblems, filterProblems, NO_FILTER, problemGroups } from './problem-groups.ts';
import { problemRows } from './problem-rows.ts';
import { treeAction } from './tree-keys.ts';

const design = designOf(`apiVersion: v1
kind: ConfigMap
metadata: {name: a}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: b}
`);
const [a, b] = ['a', 'b'].map((name) => recordNamed(design, `ConfigMap/${name}`).id) as [string, string];
const problem = (record: string, id: Problem['id'], severity: Problem['severity'], message: string): Problem => ({
  id,
  severity,
  record,
  field: ['data'],
  params: { message },
});
const problems = [
  problem(b, 'object.invalid', 'error', 'first'),
  problem(a, 'reference.missing', 'warning', 'second'),
  problem(b, 'apiVersion.deprecated', 'warning', 'third'),
  problem('gone', 'object.invalid', 'error', 'fourth'),
];
const words = ({ params }: Problem): string => String(params['message']);

describe('problems by object', () => {
  it('puts objects with errors first, and counts', () => {
    const groups = problemGroups(problems, design);
    expect(groups.map(({ record, counts }) => [record.id, counts])).toEqual([
      [b, { error: 1, warning: 1, info: 0 }],
      [a, { error: 0, warning: 1, info: 0 }],
    ]);
  });

  it('are narrowed by severity, by source and by every typed word', () => {
    const shown = (filter: Partial<typeof NO_FILTER>): readonly string[] =>
      filterProblems(problems, { ...NO_FILTER, ...filter }, words).map(words);
    expect(shown({})).toEqual(['first', 'second', 'third', 'fourth']);
    expect(shown({ severities: new Set(['warning']) })).toEqual(['second', 'third']);
    expect(shown({ sources: new Set(['between', 'version']) })).toEqual(['second', 'third']);
    expect(shown({ text: 'IR st' })).toEqual(['first']);
    expect(countProblems(problems).sources).toEqual({ server: 2, admission: 0, between: 1, version: 1, practice: 0 });
  });

  it('are rows with names of their own, even where one thing is told twice', () => {
    const twice = [problems[0]!, problems[0]!];
    const rows = problemRows(problemGroups(twice, design), new Set());
    expect(rows.map(({ type }) => type)).toEqual(['group', 'problem', 'problem']);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
    expect(problemRows(problemGroups(twice, design), new Set([b]))).toHaveLength(1);
  });
});

describe('keys in the tree', () => {
  const rows = problemRows(problemGroups(problems, design), new Set());
  const press = (key: string, at: number) =>
    treeAction({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }, rows, at);

  it('walk, stop at the ends, and go to the group', () => {
    expect(press('ArrowDown', 0)).toEqual({ type: 'focus', key: rows[1]!.key });
    expect(press('ArrowUp', 0)).toEqual({ type: 'focus', key: rows[0]!.key });
    expect(press('ArrowDown', rows.length - 1)).toEqual({ type: 'focus', key: rows.at(-1)!.key });
    expect(press('ArrowLeft', 2)).toEqual({ type: 'focus', key: rows[0]!.key });
  });

  it('open and close groups, go, fix and open the menu of a problem', () => {
    expect(press('ArrowLeft', 0)).toEqual({ type: 'press', name: 'toggle' });
    expect(press('Enter', 1)).toEqual({ type: 'press', name: 'go' });
    expect(press('f', 1)).toEqual({ type: 'press', name: 'fix' });
    expect(press('f', 0)).toBeUndefined();
    expect(press('m', 1)).toEqual({ type: 'press', name: 'menu' });
  });
});

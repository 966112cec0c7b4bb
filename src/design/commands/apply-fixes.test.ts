import { describe, expect, it } from 'vitest';
import { nameOf } from '../../apimachinery/object.ts';
import { fixOf } from '../fixes/one-edit.ts';
import { documentOf } from '../records.ts';
import { contextOf, designOf, recordNamed } from '../testing/design-of.ts';
import { applyFixes } from './apply-fixes.ts';

const CLAIMS = ['a', 'b']
  .map(
    (name) => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}, namespace: shop}
`,
  )
  .join('---\n');

describe('applyFixes', () => {
  it('adds an object once that several problems miss', () => {
    const context = contextOf(designOf(CLAIMS));
    const fix = {
      id: 'addNamespace',
      params: { name: 'shop' },
      edits: [],
      adds: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }],
    } as const;
    const fixes = ['a', 'b'].map((name) => ({ record: recordNamed(context.design, `ConfigMap/${name}`).id, fix }));
    const outcome = applyFixes.run(context, { fixes });
    if ('refused' in outcome) throw new Error('refused');
    expect([...outcome.design.records.values()].map(({ object }) => `${object.kind}/${nameOf(object)}`)).toEqual([
      'ConfigMap/a',
      'ConfigMap/b',
      'Namespace/shop',
    ]);
    expect(outcome.description).toEqual({ id: 'records.fix', params: { count: 2 } });
  });

  it('takes items of one list away without hitting their neighbours', () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  containers:
    - name: c
      image: x
      args:
        - one
        - two
        - three
`;
    const context = contextOf(designOf(text));
    const { id } = recordNamed(context.design, 'Pod/p');
    const removal = (index: number) => ({
      record: id,
      fix: fixOf('removeField', { field: 'args' }, id, {
        op: 'delete',
        path: ['spec', 'containers', 0, 'args', index],
      }),
    });
    const outcome = applyFixes.run(context, { fixes: [removal(0), removal(1)] });
    if ('refused' in outcome) throw new Error('refused');
    const record = outcome.design.records.get(id)!;
    expect(documentOf(outcome.design, record).text).toBe(text.replace('        - one\n        - two\n', ''));
  });

  it('leaves a design alone that has nothing to fix', () => {
    const context = contextOf(designOf(CLAIMS));
    expect(applyFixes.run(context, { fixes: [] })).toEqual({ refused: 'command.noChange' });
  });
});

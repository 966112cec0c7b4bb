import { describe, expect, it } from 'vitest';
import type { TraceEntry } from '../simulator/kernel/trace.ts';
import { fitsOf } from './finder.ts';
import { creditOf } from './grade.ts';
import { fillIn, parametersFor } from './parameters.ts';
import type { Given, Right } from './question.ts';
import { readLesson } from './read-lesson.ts';
import { resolveSteps } from './resolve-steps.ts';

const entry = (seq: number, more: Partial<TraceEntry>): TraceEntry => ({
  seq,
  timeMs: seq * 100,
  from: 'kubelet/w1',
  to: 'kube-apiserver-0',
  class: 'request',
  verb: 'PATCH',
  cause: 0,
  ...more,
});

describe('which step is meant', () => {
  const patch = entry(1, {
    object: 'Pod/shop/web-1',
    detail: { path: '/api/v1/namespaces/shop/pods/web-1/status?fieldManager=x' },
    body: { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
  });
  it.each([
    [{ from: 'kubelet', to: 'kube-apiserver' }, true],
    [{ from: 'kubelet/w1' }, true],
    [{ from: 'kubelet/w2' }, false],
    [{ object: 'Pod/shop/web-*', sub: 'status' }, true],
    [{ object: 'Pod/shop/db-*' }, false],
    [{ sub: '' }, false],
    [{ where: { 'status.conditions[type=Ready].status': 'True' } }, true],
    [{ where: { 'status.conditions[type=Ready].status': 'Fal*' } }, false],
    [{ where: { 'spec.nodeName': null } }, true],
  ])('%j: %s', (finder, expected) => expect(fitsOf(finder)(patch)).toBe(expected));

  it('is looked for after the one before it, with the names that were kept', () => {
    const caption = { en: 'x', zh: 'x' };
    const step = { chapter: 'a', detail: 'story', caption, say: {}, keep: {} } as const;
    const entries = [
      entry(1, { object: 'Pod/shop/b' }),
      entry(2, { verb: 'POST', object: 'Pod/shop/a' }),
      entry(3, { object: 'Pod/shop/a' }),
    ];
    const { resolved, missing } = resolveSteps(entries, [
      { ...step, id: 'made', find: { verb: 'POST' }, keep: { pod: 'name' } },
      { ...step, id: 'patched', find: { object: 'Pod/shop/${pod}' } },
      { ...step, id: 'never', find: { verb: 'DELETE' } },
      { ...step, id: 'more', find: { stays: true }, keep: { verb: 'name' } },
      { ...step, id: 'before', find: { object: 'Pod/shop/b', after: 'start' } },
    ]);
    expect(resolved.map(({ id, seq }) => [id, seq])).toEqual([
      ['made', 2],
      ['patched', 3],
      ['more', 3],
    ]);
    expect(missing).toEqual(['never', 'before']);
  });
});

describe('how good an answer is', () => {
  const order: Right = { type: 'order', ids: ['a', 'b', 'c'] };
  const truth: Right = { type: 'truth', value: false, reason: 'server' };
  const rows: readonly (readonly [Given, Right, number])[] = [
    [{ type: 'choice', value: 3 }, { type: 'choice', value: 3 }, 1],
    [{ type: 'choice', value: 3 }, { type: 'choice', value: '3' }, 0],
    [{ type: 'number', value: 4 }, { type: 'number', value: 4 }, 1],
    [{ type: 'number', value: 5 }, { type: 'number', value: 4 }, 0.5],
    [{ type: 'number', value: 1 }, { type: 'number', value: 0 }, 0],
    [{ type: 'object', name: 'w2' }, { type: 'object', names: ['w1', 'w2'] }, 1],
    [{ type: 'order', ids: ['a', 'b', 'c'] }, order, 1],
    [{ type: 'order', ids: ['b', 'a', 'c'] }, order, 2 / 3],
    [{ type: 'order', ids: ['c', 'b', 'a'] }, order, 0],
    [{ type: 'arrow', from: 'kubectl', to: 'kubelet' }, { type: 'arrow', from: 'kube-apiserver', to: 'kubelet' }, 0.5],
    [{ type: 'truth', value: false, reason: 'server' }, truth, 1],
    [{ type: 'truth', value: false, reason: 'etcd' }, truth, 0.5],
    [{ type: 'truth', value: true, reason: 'server' }, truth, 0],
  ];
  it.each(rows)('%j beside %j: %d', (given, right, credit) => expect(creditOf(given, right)).toBeCloseTo(credit));
});

describe('variants', () => {
  const lesson = { parameters: { replicas: [3, 2, 4, 5] } };
  it('are as taught without a seed, the same for a seed, and others for neighbours', () => {
    expect(parametersFor(lesson)).toEqual({ replicas: 3 });
    expect(parametersFor(lesson, 7)).toEqual(parametersFor(lesson, 7));
    const drawn = new Set(Array.from({ length: 30 }, (_, seed) => parametersFor(lesson, seed)['replicas']));
    expect(drawn.size).toBe(4);
  });
  it('are filled in as numbers where nothing else stands, and as words in a text', () => {
    expect(fillIn({ a: '${replicas}', b: '${replicas} Pods of ${pod}' }, { replicas: 4 })).toEqual({
      a: 4,
      b: '4 Pods of ${pod}',
    });
  });
});

it('tells everything that is wrong with a file, and where', () => {
  const { problems } = readLesson({
    metadata: { name: 'x1' },
    title: { en: 'X' },
    minutes: 5,
    level: 'viewing',
    run: {},
    chapters: [{ id: 'a', title: { en: 'A', zh: '甲' } }],
    steps: [{ id: 's', chapter: 'b', find: { verbs: 'GET' }, caption: { en: 'x', zh: 'x' } }],
    questions: [{ id: 'q', type: 'riddle', after: 'nowhere', ask: {}, explain: {} }],
  });
  const fields = problems.map(({ field }) => field);
  expect(fields).toEqual(
    expect.arrayContaining([
      'title.zh',
      'steps[0].find.verbs',
      'steps[0].chapter',
      'questions[0].type',
      'questions[0].after',
      'chapters[0]',
    ]),
  );
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EMPTY_GRAPH } from '../resolve-references.ts';
import { contextOf, designOf } from '../testing/design-of.ts';
import { findLints } from './find-lints.ts';
import { lintContextOf } from './context.ts';
import { LINTS } from './index.ts';
import { LOOKS_AROUND } from './looks-around.ts';
import { NO_SWITCHES } from './switches.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const DESIGNS = {
  shop: read('templates/architectures/shop/design.yaml'),
  demo: read('test/data/microservices-demo/kubernetes-manifests.yaml'),
};

describe.each(Object.entries(DESIGNS))('lints of %s that look at one object alone', (_, text) => {
  const context = contextOf(designOf(text));
  const whole = lintContextOf(context);

  it.each(LINTS.filter(({ id }) => !LOOKS_AROUND.has(id)))('$id', (lint) => {
    const alone = [...context.design.records.values()].flatMap((record) => {
      const design = { ...context.design, records: new Map([[record.id, record]]) };
      return [...lint.find(lintContextOf({ design, graph: EMPTY_GRAPH, registry: context.registry }))];
    });
    const place = new Map([...context.design.records.keys()].map((id, index) => [id, index]));
    const inOrder = [...lint.find(whole)].sort((a, b) => place.get(a.record)! - place.get(b.record)!);
    expect(alone).toEqual(inOrder);
  });

  it('are answered from memory as they were at first, and anew for an object that changed', () => {
    const first = findLints(context, NO_SWITCHES);
    expect(first.length).toBeGreaterThan(5);
    expect(findLints(context, NO_SWITCHES)).toEqual(first);
    const again = contextOf(designOf(text.replace('replicas: 3', 'replicas: 1')));
    expect(findLints(again, NO_SWITCHES)).toEqual(findLints(again, { ...NO_SWITCHES }));
  });
});

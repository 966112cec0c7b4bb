import { expect, it } from 'vitest';
import { referenceLines } from '../shared/testing/reference-text.ts';
import { expectWorkload, objectWith } from '../shared/testing/workload-laws.ts';
import { podTemplate } from './podtemplate.ts';

it('keeps what every workload keeps', () => {
  expectWorkload(podTemplate, ['template']);
});

it('has its template at the top', () => {
  const object = objectWith(podTemplate, ['template', 'spec'], { nodeName: 'w1' });
  expect(referenceLines(podTemplate.references(object))).toEqual(['node template.spec.nodeName -> Node//w1']);
});

import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { daemonSetStrategy } from './daemonset.strategy.ts';
import { daemonSet } from './daemonset.ts';
import { TEMPLATE_GENERATION } from './daemonset.validation.ts';

const generationOf = (object: KubernetesObject) => annotationsOf(object).get(TEMPLATE_GENERATION);

describe('the count of template changes', () => {
  const fresh = daemonSetStrategy.setDefaults(daemonSet.newObject('agent', 'shop'));
  const stored = daemonSetStrategy.prepareForCreate!(fresh);

  it('begins with 1', () => {
    expect(generationOf(stored)).toBe('1');
    expect(daemonSetStrategy.validate(stored)).toEqual([]);
  });

  it.each([
    ['stays where the template stays', (spec: KubernetesObject) => spec, '1'],
    [
      'grows with the template, whatever the client wrote',
      (object: KubernetesObject) =>
        updateStruct(object, 'spec', (spec) =>
          updateStruct(spec, 'template', (template) =>
            updateStruct(template, 'metadata', (metadata) => ({ ...metadata, annotations: { a: 'b' } })),
          ),
        ),
      '2',
    ],
  ])('%s', (_name, change, generation) => {
    const updated = daemonSetStrategy.prepareForUpdate!(change(fresh), stored);
    expect(generationOf(updated)).toBe(generation);
    expect(daemonSetStrategy.validate(updated, stored)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { formatFieldPath } from '../../../apimachinery/field-path.ts';
import { fieldTitle, mainFields } from './main-fields.ts';

const object = {
  spec: { template: { spec: { containers: [{ name: 'web', env: [{ name: 'MODE' }] }, { image: 'x' }] } } },
};

describe('mainFields', () => {
  it('names each item of a list, and fields that are not set', () => {
    const paths = mainFields(object, ['spec.replicas', 'spec.template.spec.containers[*].image', 'spec.ports[*].port']);
    expect(paths.map(formatFieldPath)).toEqual([
      'spec.replicas',
      'spec.template.spec.containers[0].image',
      'spec.template.spec.containers[1].image',
    ]);
  });

  it('tells fields of a list item by item, in lists of lists too', () => {
    const nested = { a: [{ b: [{}, {}] }, { b: [{}] }] };
    const paths = mainFields(nested, ['a[*].name', 'a[*].b[*].kind', 'a[*].b[*].name', 'first', 'a[*].last']);
    expect(paths.map(formatFieldPath)).toEqual([
      'a[0].name',
      'a[0].b[0].kind',
      'a[0].b[0].name',
      'a[0].b[1].kind',
      'a[0].b[1].name',
      'a[1].name',
      'a[1].b[0].kind',
      'a[1].b[0].name',
      'first',
      'a[0].last',
      'a[1].last',
    ]);
  });
});

describe('fieldTitle', () => {
  it('says which item a field belongs to', () => {
    expect(fieldTitle(object, ['spec', 'template', 'spec', 'containers', 0, 'image'])).toEqual({
      title: 'image',
      within: 'web',
    });
    expect(fieldTitle(object, ['spec', 'template', 'spec', 'containers', 1, 'image'])).toEqual({
      title: 'image',
      within: '#2',
    });
    expect(fieldTitle(object, ['spec', 'replicas'])).toEqual({ title: 'replicas', within: '' });
    expect(fieldTitle(object, ['spec', 'strategy', 'type'])).toEqual({ title: 'type', within: 'strategy' });
  });
});

import { expect, it } from 'vitest';
import { placeOf } from './refused-problems.ts';

const object = {
  spec: {
    replicas: 3,
    containers: [{ name: 'side' }, { name: 'web.v1', image: 'web:2', ports: [{ containerPort: 80 }] }],
  },
};

it.each([
  ['spec.replicas', ['spec', 'replicas']],
  ['.spec.replicas', ['spec', 'replicas']],
  ['.spec.containers[name="web.v1"].image', ['spec', 'containers', 1, 'image']],
  ['.spec.containers[name="web.v1"].ports[containerPort=80,protocol="TCP"]', ['spec', 'containers', 1, 'ports', 0]],
  ['spec.containers[0].name', ['spec', 'containers', 0, 'name']],
  ['.spec.containers[name="gone"].image', ['spec', 'containers']],
])('finds %s in an object', (field, path) => {
  expect(placeOf(field, object)).toEqual(path);
});

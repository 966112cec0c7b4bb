import { expect } from 'vitest';
import type { KubernetesObject } from '../../../apimachinery/object.ts';

/** For tests: the published schema of the kind, by kubernetes-models, has nothing against the object. */
export function expectAccepted(Model: new (data: never) => { validate(): void }, object: KubernetesObject): void {
  expect(() => new Model(object as never).validate()).not.toThrow();
}

import { annotationsOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { Reference } from '../../reference.ts';
import { referenceTo } from '../name-reference.ts';

/** Annotations by which cert-manager's ca-injector fills in `caBundle`, each `namespace/name`. */
const INJECTIONS = [
  { annotation: 'cert-manager.io/inject-ca-from', group: 'cert-manager.io', kind: 'Certificate' },
  { annotation: 'cert-manager.io/inject-ca-from-secret', group: '', kind: 'Secret' },
] as const;

export function caInjectionReferences(object: KubernetesObject): readonly Reference[] {
  const annotations = annotationsOf(object);
  return INJECTIONS.flatMap(({ annotation, group, kind }) => {
    const [namespace, name, ...more] = (annotations.get(annotation) ?? '').split('/');
    if (!namespace || !name || more.length > 0) return [];
    const field = ['metadata', 'annotations', annotation];
    const details = { nameFormat: '{namespace}/{name}', namespaceField: field };
    return [referenceTo('custom', field, { group, kind, namespace, name }, details)];
  });
}

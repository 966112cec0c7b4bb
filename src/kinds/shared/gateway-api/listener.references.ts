import { parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { arrayAt, nameAt, valueAt } from '../../../base/json.ts';
import type { Path } from '../../../base/json.ts';
import type { Reference } from '../../reference.ts';
import { CONFIG_MAP, SECRET } from '../core-kinds.ts';
import { objectReference } from './object-reference.ts';

/** What the listeners of a Gateway or ListenerSet point at: certificates, and namespaces whose routes they take. */
export function listenerReferences(object: KubernetesObject): readonly Reference[] {
  return arrayAt(object, 'spec', 'listeners').flatMap((listener, index) => {
    const path = ['spec', 'listeners', index];
    return [
      ...arrayAt(listener, 'tls', 'certificateRefs').flatMap((_, at) =>
        objectReference(object, 'tls', [...path, 'tls', 'certificateRefs', at], SECRET),
      ),
      // Up to Gateway API 1.3 (experimental) client validation stood in each listener.
      ...authorityReferences(object, [...path, 'tls', 'frontendValidation']),
      ...namespaceReferences(object, [...path, 'allowedRoutes', 'namespaces']),
    ];
  });
}

/** Certificates of authorities: ConfigMaps mostly, Secrets too. */
export function authorityReferences(object: KubernetesObject, validation: Path): readonly Reference[] {
  const list = [...validation, 'caCertificateRefs'];
  return arrayAt(object, ...list).flatMap((_, index) => objectReference(object, 'tls', [...list, index], CONFIG_MAP));
}

/** The namespaces chosen by `from: Selector`. */
export function namespaceReferences(object: KubernetesObject, path: Path): readonly Reference[] {
  if (nameAt(object, ...path, 'from') !== 'Selector') return [];
  const field = [...path, 'selector'];
  const labels = parseLabelSelector(valueAt(object, ...field));
  return [
    {
      type: 'grant',
      field,
      target: { by: 'objects', group: '', kind: 'Namespace', namespaces: 'all', anyOf: [{ labels }] },
    },
  ];
}

/** The names by which routes choose a listener (`sectionName`). */
export function listenerNames(object: KubernetesObject): readonly string[] {
  return arrayAt(object, 'spec', 'listeners').flatMap((listener) => nameAt(listener, 'name') ?? []);
}

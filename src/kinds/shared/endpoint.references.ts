import type { KubernetesObject } from '../../apimachinery/object.ts';
import { asName, nameAt } from '../../base/json.ts';
import type { Path } from '../../base/json.ts';
import type { ExternalKind, Reference } from '../reference.ts';
import { NODE } from './core-kinds.ts';
import { nameReference, namespaceOrDefault } from './name-reference.ts';

/** The Pod (or other object) behind an endpoint, by its `targetRef`. */
export function targetReference(object: KubernetesObject, endpoint: Path): readonly Reference[] {
  const path = [...endpoint, 'targetRef'];
  const kind = nameAt(object, ...path, 'kind');
  if (kind === undefined) return [];
  const written = nameAt(object, ...path, 'namespace');
  const namespace = kind === 'Node' ? '' : (written ?? namespaceOrDefault(object));
  const where = written === undefined ? {} : { namespaceField: [...path, 'namespace'] };
  const details = { ...where, uid: nameAt(object, ...path, 'uid') };
  return nameReference(object, 'endpoint', [...path, 'name'], { group: '', kind, namespace }, details);
}

export function nodeReference(object: KubernetesObject, field: Path): readonly Reference[] {
  return nameReference(object, 'node', field, { ...NODE, namespace: '' });
}

/** An address that belongs to no object: something outside the cluster, written by hand. */
export function addressReference(value: unknown, field: Path, what: ExternalKind): readonly Reference[] {
  const address = asName(value);
  return address === undefined ? [] : [{ type: 'endpoint', field, target: { by: 'external', what, value: address } }];
}

import { groupVersionKindOf } from '../../../apimachinery/group-version-kind.ts';
import { isKubernetesObject, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { objectIdentity } from '../../../apimachinery/object-identity.ts';
import type { JsonObject } from '../../../base/json.ts';
import { stringAt, valueAt } from '../../../base/json.ts';

/** The object that a review is about: `Pod/shop/web-0`. */
export function formatIdentity(review: JsonObject): string {
  const converted = valueAt(review, 'request', 'objects', 0);
  if (isKubernetesObject(converted))
    return objectIdentity(groupVersionKindOf(converted), namespaceOf(converted) ?? '', nameOf(converted));
  const said = (...path: readonly string[]): string => stringAt(review, 'request', ...path) ?? '';
  const group = said('kind', 'group');
  const kind = group === '' ? said('kind', 'kind') : `${said('kind', 'kind')}.${group}`;
  return `${kind}/${said('namespace')}/${said('name')}`;
}

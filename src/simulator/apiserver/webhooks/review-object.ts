import type { JsonObject } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';

/** The object that a review is about: `Pod/shop/web-0`. */
export function formatIdentity(review: JsonObject): string {
  const said = (...path: readonly string[]): string => stringAt(review, 'request', ...path) ?? '';
  const group = said('kind', 'group');
  const kind = group === '' ? said('kind', 'kind') : `${said('kind', 'kind')}.${group}`;
  return `${kind}/${said('namespace')}/${said('name')}`;
}

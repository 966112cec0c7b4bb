import { booleanAt } from '../../base/json.ts';
import type { JsonObject } from '../../base/json.ts';

/** Privileged containers have every right already: what narrows rights means nothing for them. */
export function isPrivileged(container: JsonObject): boolean {
  return booleanAt(container, 'securityContext', 'privileged') === true;
}

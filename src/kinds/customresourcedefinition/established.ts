import type { KubernetesObject } from '../../apimachinery/object.ts';
import { arrayAt } from '../../base/json.ts';
import { textAt } from '../shared/validation/fields.ts';

/** Whether the kind of a definition is served. */
export function isEstablished(definition: KubernetesObject | undefined): boolean {
  return arrayAt(definition, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Established' && textAt(condition, 'status') === 'True',
  );
}

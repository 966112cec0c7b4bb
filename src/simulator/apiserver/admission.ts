import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { ServedKind } from '../../kinds/served-kind.ts';
import type { ApiRequest } from '../messages.ts';
import type { Refusal } from './status.ts';
import type { Server } from './state.ts';

/** An object that the mutating plugins have let through. */
export interface Admitted {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
  /** The validating plugins, once the object is ready to be stored. */
  validate(object: KubernetesObject): Refusal | undefined;
}

/** Asks the admission plugins that are on, in their order. */
export function admit(
  _server: Server,
  _request: ApiRequest,
  _operation: 'CREATE' | 'UPDATE' | 'DELETE',
  _served: ServedKind,
  object: KubernetesObject,
  _old: KubernetesObject | undefined,
): Admitted | Refusal {
  return { object, warnings: [], validate: () => undefined };
}

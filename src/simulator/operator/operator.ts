import type { JsonObject } from '../../base/json.ts';
import type { ResourceName } from '../messages.ts';

/**
 * An operator that a script gives: what the controller of a custom resource would do, said by templates. In texts of it
 * `${…}` holds CEL: of `object`, which is reconciled, and of `children`, those of its children that are there, by their ids. A
 * text that is nothing else becomes the value itself, with its type.
 */
export interface Operator {
  /** Unique: its component, its agent and the manager of the fields that it writes. */
  readonly name: string;
  readonly of: ResourceName;
  readonly children: readonly OperatorChild[];
  /** What is written to the status of the object; a field whose expression has no value yet is left out. */
  readonly status?: JsonObject;
  /** Kept on the object until it has been cleaned up after; none where left out. */
  readonly finalizer?: string;
  /** How long the cleaning up takes, once its children are gone. */
  readonly cleanupMs?: number;
  /** How often each object is looked at though nothing has changed; never where left out. */
  readonly resyncMs?: number;
}

export interface OperatorChild {
  readonly id: string;
  readonly resource: ResourceName;
  /** The object; what it does not say of its namespace and owner is added. */
  readonly template: JsonObject;
  /** CEL, without `${}`: whether the child is to be there. */
  readonly when?: string;
}

import type { JsonValue, Path } from '../base/json.ts';

/**
 * A change to one field of an object, as data: the meaning of a gesture, shown as a diff before it is made.
 * Missing parents are created; deleting what is not there does nothing.
 */
export type FieldEdit =
  | { readonly op: 'set'; readonly path: Path; readonly value: JsonValue }
  | { readonly op: 'delete'; readonly path: Path }
  /** Adds to the end of the list at `path`, which is created where it is missing. */
  | { readonly op: 'append'; readonly path: Path; readonly value: JsonValue };

/** Why something cannot be done: an id of a sentence in the locales and what fills it. */
export interface Refusal {
  readonly refused: RefusalId;
  readonly params?: Readonly<Record<string, string | number>>;
}

export type RefusalId =
  | 'connect.otherNamespace' // source namespace, target namespace
  | 'connect.noPodTemplate'
  | 'connect.noLabels' // target has no labels to select
  | 'connect.noContainer'
  | 'connect.noPort'
  | 'connect.noTaint' // the Node keeps no Pod off
  | 'connect.already'
  | 'connect.headless'
  | 'connect.externalName'
  | 'connect.notThisWay' // the arrow runs the other way round
  | 'connect.noMeaning'
  | 'disconnect.required' // the field is required: change it instead
  | 'disconnect.implied'; // nothing is written: a default points there

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'refused');
}

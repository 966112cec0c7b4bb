import type { JsonValue } from '../../base/json.ts';
import { objectOf, oneOf, truth } from './read-shape.ts';
import type { StepReader } from './request-step.ts';

/** Switches of a run that a script sets: those of `ClusterOptions`. */
export interface ScriptOptions {
  readonly authorization?: 'RBAC' | 'AlwaysAllow';
  readonly managedFields?: boolean;
}

const OPTIONS = objectOf({ authorization: { read: oneOf('RBAC', 'AlwaysAllow') }, managedFields: { read: truth } });

/** `options: {authorization: AlwaysAllow, managedFields: false}`. */
export function readOptions(value: JsonValue | undefined, reader: StepReader): ScriptOptions {
  if (value === undefined) return {};
  return (OPTIONS(value, 'options', reader) as ScriptOptions | undefined) ?? {};
}

import type { JsonValue } from '../../base/json.ts';
import type { TextEdit } from '../kubectl/text-edit.ts';
import { duration, labels, listOf, objectOf, text } from './read-shape.ts';
import type { StepReader } from './request-step.ts';

const EDITS = listOf(
  objectOf({
    text: { read: text },
    replace: { read: labels },
    takes: { as: 'takesMs', read: duration },
  }),
);

/**
 * `editor` of a step with `kubectl edit`: what is done each time that the editor opens.
 *
 * @example
 * {at: 30s, kubectl: edit deployment/web, editor: [{replace: {"replicas: 1": "replicas: 3"}, takes: 20s}]}
 */
export function readEdits(value: JsonValue | undefined, field: string, reader: StepReader): readonly TextEdit[] {
  return value === undefined ? [] : ((EDITS(value, field, reader) as readonly TextEdit[] | undefined) ?? []);
}

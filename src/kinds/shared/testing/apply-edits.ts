import { isJsonObject } from '../../../base/json.ts';
import type { JsonValue, Path } from '../../../base/json.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isRefusal } from '../../field-edit.ts';
import type { FieldEdit, Refusal } from '../../field-edit.ts';
import type { ConnectionEdits } from '../../kind.ts';

/** For tests: the object after the edits, by the rules of `FieldEdit`. The editor edits the text instead. */
export function applyEdits(object: KubernetesObject, edits: readonly FieldEdit[] | Refusal): JsonValue {
  if (isRefusal(edits)) return `refused: ${edits.refused}`;
  return edits.reduce<JsonValue>((current, edit) => applyAt(current, edit.path, edit), object);
}

/** For tests: the source after a connection, or the reason why not. */
export function connected(source: KubernetesObject, result: ConnectionEdits | Refusal): JsonValue {
  return applyEdits(source, isRefusal(result) ? result : (result.source ?? []));
}

function applyAt(value: JsonValue | undefined, path: Path, edit: FieldEdit): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) {
    if (edit.op === 'set') return edit.value;
    if (edit.op === 'append') return [...(Array.isArray(value) ? (value as JsonValue[]) : []), edit.value];
    throw new Error('cannot delete the root');
  }
  return typeof step === 'number' ? inList(value, step, rest, edit) : inMap(value, step, rest, edit);
}

function inList(value: JsonValue | undefined, index: number, rest: Path, edit: FieldEdit): JsonValue {
  const list = Array.isArray(value) ? [...(value as JsonValue[])] : [];
  if (edit.op === 'delete' && (rest.length === 0 || index >= list.length)) list.splice(index, 1);
  else list[index] = applyAt(list[index], rest, edit);
  return list;
}

function inMap(value: JsonValue | undefined, key: string, rest: Path, edit: FieldEdit): JsonValue {
  const entries = new Map(isJsonObject(value) ? Object.entries(value) : []);
  if (edit.op === 'delete' && (rest.length === 0 || !entries.has(key))) entries.delete(key);
  else entries.set(key, applyAt(entries.get(key), rest, edit));
  return Object.fromEntries(entries);
}

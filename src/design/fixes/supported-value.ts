import { asString, valueAt } from '../../base/json.ts';
import { nearestWord } from '../../base/nearest-word.ts';
import type { Fixer } from './fix.ts';
import { setValue } from './one-edit.ts';

/** A word that the API server does not know and that differs little from one it does, and a choice that must be made. */
export const supportedValue: Fixer = {
  problems: ['object.invalid'],
  fixes({ record, field, params }, { design }) {
    const { reason, message } = params;
    const supported = supportedIn(String(message));
    if (reason === 'FieldValueRequired') return supported.map((value) => setValue(record, field, value));
    const written = asString(valueAt(design.records.get(record)?.object, ...field));
    if (reason !== 'FieldValueNotSupported' || written === undefined) return [];
    const meant = nearestWord(written, supported);
    return meant === undefined ? [] : [setValue(record, field, meant)];
  },
};

/** The values that every list in the server's words allows. */
function supportedIn(message: string): readonly string[] {
  const lists = [...message.matchAll(/(?:supported|valid) values: ("[^"]*"(?:, "[^"]*")*)/g)].map((found) =>
    [...found[1]!.matchAll(/"([^"]*)"/g)].map((value) => value[1]!),
  );
  const [first = [], ...others] = lists;
  return first.filter((value) => value !== '' && others.every((list) => list.includes(value)));
}

import { asString, objectAt, valueAt } from '../../base/json.ts';
import type { Fixer } from './fix.ts';
import { fixOf } from './one-edit.ts';

/** An entry of a Secret's `data` that is no base64: it was meant as text, which `stringData` takes. */
export const plainSecret: Fixer = {
  problems: ['object.invalid'],
  fixes({ record, field, params }, { design }) {
    const object = design.records.get(record)?.object;
    const [data, key, ...rest] = field;
    const isBase64 = String(params['message']).startsWith('illegal base64 data');
    if (object?.kind !== 'Secret' || !isBase64 || data !== 'data' || typeof key !== 'string' || rest.length > 0)
      return [];
    const value = asString(valueAt(object, 'data', key));
    if (value === undefined || objectAt(object, 'stringData')?.[key] !== undefined) return [];
    return [
      fixOf(
        'moveToStringData',
        { key },
        record,
        { op: 'delete', path: ['data', key] },
        { op: 'set', path: ['stringData', key], value },
      ),
    ];
  },
};

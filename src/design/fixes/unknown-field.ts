import { objectAt, valueAt } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { nearestWord } from '../../base/nearest-word.ts';
import { fieldSchema } from '../../openapi/schema.ts';
import { validateStructure } from '../../openapi/structure.ts';
import type { Fixer } from './fix.ts';
import { fixOf } from './one-edit.ts';
import { schemaOfObject } from './schema-of-record.ts';

/** A field that the type does not have: the field it was meant to be, or away with it. */
export const unknownField: Fixer = {
  problems: ['object.invalid'],
  fixes({ record, field, params }, context) {
    if (params['reason'] !== 'BadRequest' || !String(params['message']).startsWith('unknown field ')) return [];
    const object = context.design.records.get(record)?.object;
    const [parent, key] = [field.slice(0, -1), field.at(-1)];
    const schema = object && schemaOfObject(object, context);
    const type = schema && fieldSchema(schema, parent);
    if (typeof key !== 'string' || type === undefined) return [];
    const present = objectAt(object, ...parent) ?? {};
    const free = [...type.properties.keys()].filter((name) => !Object.hasOwn(present, name));
    const meant = nearestWord(key, free);
    const fits =
      meant !== undefined && validateStructure(valueAt(present, key), type.properties.get(meant)!).length === 0;
    if (fits)
      return [fixOf('renameField', { from: key, to: meant }, record, { op: 'rename', path: field, key: meant })];
    return [fixOf('removeField', { field: formatFieldPath(field) }, record, { op: 'delete', path: field })];
  },
};

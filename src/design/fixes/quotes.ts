import { valueAt } from '../../base/json.ts';
import type { JsonValue } from '../../base/json.ts';
import { locate } from '../../manifest/positions.ts';
import { fieldSchema } from '../../openapi/schema.ts';
import type { Schema } from '../../openapi/schema.ts';
import { validateStructure } from '../../openapi/structure.ts';
import type { DesignRecord } from '../design.ts';
import type { CheckContext } from '../checks/check.ts';
import { documentOf } from '../records.ts';
import type { Fixer } from './fix.ts';
import { fixOf } from './one-edit.ts';
import { schemaOfObject } from './schema-of-record.ts';

/** A number or boolean where text belongs, or text where a number or boolean belongs: quotes too few or too many. */
export const quotes: Fixer = {
  problems: ['object.invalid'],
  fixes({ record: id, field, params }, context) {
    const { design } = context;
    const record = design.records.get(id);
    const schema = record && schemaOfObject(record.object, context);
    const type = schema && fieldSchema(schema, field);
    if (params['reason'] !== 'BadRequest' || !record || !type) return [];
    const value = valueAt(record.object, ...field);
    const meant = typeof value === 'string' ? unquoted(value, type) : quoted(record, field, value, type, context);
    if (meant === undefined || validateStructure(meant, type).length > 0) return [];
    return [
      fixOf(typeof meant === 'string' ? 'quote' : 'unquote', { value: String(meant) }, id, {
        op: 'set',
        path: field,
        value: meant,
      }),
    ];
  },
};

function unquoted(text: string, { type }: Schema): JsonValue | undefined {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (type !== 'integer' && type !== 'number') return undefined;
  const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text) ? Number(text) : undefined;
  return number !== undefined && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : undefined;
}

/** As it stands in the text: `1.10` is not `1.1`, and `yes` is not `true`. */
function quoted(
  record: DesignRecord,
  field: DesignRecord['path'],
  value: JsonValue | undefined,
  { type }: Schema,
  { design }: CheckContext,
): string | undefined {
  if (type !== 'string' || !['number', 'bigint', 'boolean'].includes(typeof value)) return undefined;
  const { text, format } = documentOf(design, record);
  const place = locate(text, format, [...record.path, ...field])?.value;
  const written = place && text.slice(place.start, place.end);
  return written !== undefined && /^[\w.+:-]+$/.test(written) ? written : undefined;
}

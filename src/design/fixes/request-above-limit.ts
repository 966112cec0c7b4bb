import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { compareQuantities, quantityOf } from '../../apimachinery/quantity.ts';
import { objectAt } from '../../base/json.ts';
import type { JsonValue, Path } from '../../base/json.ts';
import type { Edit } from '../../manifest/edit.ts';
import type { Fixer } from './fix.ts';
import { fixOf } from './one-edit.ts';

/** A request above its limit: either may be the mistake, so both ways are offered. */
export const requestAboveLimit: Fixer = {
  problems: ['object.invalid'],
  fixes({ record, field, params }, { design }) {
    const object = design.records.get(record)?.object;
    if (field.at(-1) !== 'requests' || !String(params['message']).includes('must be less than or equal to')) return [];
    const limitsPath = [...field.slice(0, -1), 'limits'];
    const [requests, limits] = [objectAt(object, ...field) ?? {}, objectAt(object, ...limitsPath) ?? {}];
    const above = Object.keys(requests).filter((name) => {
      const [request, limit] = [quantityOf(requests[name]), quantityOf(limits[name])];
      return request && limit && compareQuantities(request, limit) > 0;
    });
    if (above.length === 0) return [];
    const copy = (to: Path, from: Readonly<Record<string, JsonValue | undefined>>): readonly Edit[] =>
      above.map((name) => ({ op: 'set', path: [...to, name], value: from[name]! }));
    const words = (path: Path): { readonly field: string } => ({ field: formatFieldPath(path) });
    return [
      fixOf('raiseLimit', words(limitsPath), record, ...copy(limitsPath, requests)),
      fixOf('lowerRequest', words(field), record, ...copy(field, limits)),
    ];
  },
};

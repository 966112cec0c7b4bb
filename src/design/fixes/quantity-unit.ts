import { readQuantityField } from '../../apimachinery/quantity.ts';
import { asString, valueAt } from '../../base/json.ts';
import type { Fixer } from './fix.ts';
import { setValue } from './one-edit.ts';

/** `512MB`, `1 GiB`, `64mb`: bytes as people write them. Kubernetes leaves the B out and knows one case. */
const BYTES = /^([0-9]+(?:\.[0-9]+)?)\s*([kmgtpe])(i?)b$/i;
/** What is counted in bytes. */
const OF_BYTES =
  /^(?:memory|storage|ephemeral-storage|sizeLimit|hugepages-.*|(?:requests|limits)\.(?:memory|storage|ephemeral-storage))$/;

export const quantityUnit: Fixer = {
  problems: ['object.invalid'],
  fixes({ record, field, params }, { design }) {
    const written = asString(valueAt(design.records.get(record)?.object, ...field)) ?? '';
    const [, number, unit, binary] = BYTES.exec(written.trim()) ?? [];
    const isOfBytes = OF_BYTES.test(String(field.at(-1)));
    if (params['reason'] !== 'BadRequest' || !isOfBytes || number === undefined || unit === undefined) return [];
    const isThousand = binary === '' && unit.toLowerCase() === 'k';
    const value = `${number}${isThousand ? 'k' : unit.toUpperCase()}${binary === '' ? '' : 'i'}`;
    return typeof readQuantityField(value) === 'string' ? [] : [setValue(record, field, value)];
  },
};

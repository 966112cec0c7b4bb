import { arrayAt, nameAt, numberAt, stringAt } from '../../base/json.ts';
import type { Fixer } from './fix.ts';
import { setValue } from './one-edit.ts';

/** Several ports of one object must have names: the protocol and the number make one. */
export const servicePortName: Fixer = {
  problems: ['object.invalid'],
  fixes({ record, field, params }, { design, registry }) {
    const object = design.records.get(record)?.object;
    const isName = /^spec\.ports\.\d+\.name$/.test(field.join('.'));
    if (params['reason'] !== 'FieldValueRequired' || !isName || !object || !registry.of(object).servicePorts) return [];
    const ports = arrayAt(object, 'spec', 'ports');
    const own = ports[Number(field[2])];
    const number = numberAt(own, 'port');
    if (number === undefined) return [];
    const name = `${(stringAt(own, 'protocol') ?? 'TCP').toLowerCase()}-${number}`;
    return ports.some((port) => nameAt(port, 'name') === name) ? [] : [setValue(record, field, name)];
  },
};

import { asString, jsonEqual, valueAt } from '../../base/json.ts';
import { nearestWord } from '../../base/nearest-word.ts';
import { judgeContextOf, verdictOf } from '../validity.ts';
import type { Fixer } from './fix.ts';
import { setValue } from './one-edit.ts';
import { supportedIn } from './supported-in.ts';

/** A word that the API server does not know and that differs little from one it does, and a choice that must be made. */
export const supportedValue: Fixer = {
  problems: ['object.invalid'],
  fixes({ record: id, field, params: { reason } }, { design, registry }) {
    const record = design.records.get(id);
    if (!record || (reason !== 'FieldValueRequired' && reason !== 'FieldValueNotSupported')) return [];
    // The server may name several lists for one field: what all of them allow is right.
    const causes = verdictOf(record, judgeContextOf(design, registry)).errors.filter((error) =>
      jsonEqual(error.path, field),
    );
    const supported = supportedIn(causes.map(({ message }) => message).join(' '));
    if (reason === 'FieldValueRequired') return supported.map((value) => setValue(id, field, value));
    const written = asString(valueAt(record.object, ...field));
    const meant = written === undefined ? undefined : nearestWord(written, supported);
    return meant === undefined ? [] : [setValue(id, field, meant)];
  },
};

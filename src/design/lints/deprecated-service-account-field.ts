import { nameAt, objectAt, stringAt } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { fixOf } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perPod } from './spots.ts';

/** `serviceAccount`, the old name of `serviceAccountName`. */
export const deprecatedServiceAccountField: Lint = {
  id: 'deprecated-service-account-field',
  group: 'hygiene',
  severity: 'info',
  defaultOn: true,
  kubeLinter: 'deprecated-service-account-field',
  find: perPod(({ spec }) => {
    const old = stringAt(spec, 'serviceAccount') ?? '';
    return old !== '' && old !== (stringAt(spec, 'serviceAccountName') ?? '')
      ? [{ at: ['serviceAccount'], params: { name: old } }]
      : NO_SPOTS;
  }),
  fix: ({ record, field }, { design }) => {
    const spec = objectAt(design.records.get(record)?.object, ...field.slice(0, -1));
    if (nameAt(spec, 'serviceAccountName') !== undefined)
      return [fixOf('removeField', { field: formatFieldPath(field) }, record, { op: 'delete', path: field })];
    const [name, isThere] = [nameAt(spec, 'serviceAccount'), spec && Object.hasOwn(spec, 'serviceAccountName')];
    if (name === undefined || isThere) return [];
    return [
      fixOf('renameField', { from: 'serviceAccount', to: 'serviceAccountName' }, record, {
        op: 'rename',
        path: field,
        key: 'serviceAccountName',
      }),
    ];
  },
};

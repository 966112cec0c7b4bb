import { arrayAt, booleanAt, objectAt, valueAt } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { fixOf, setValue } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers whose processes may gain rights. */
export const privilegeEscalationContainer: Lint = {
  id: 'privilege-escalation-container',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'privilege-escalation-container',
  find: perContainer(({ container }) => {
    const context = objectAt(container, 'securityContext');
    const at = ['securityContext'];
    if (booleanAt(context, 'allowPrivilegeEscalation') === true) return [{ at: [...at, 'allowPrivilegeEscalation'] }];
    if (booleanAt(context, 'privileged') === true) return [{ at: [...at, 'privileged'] }];
    const index = arrayAt(context, 'capabilities', 'add').indexOf('SYS_ADMIN');
    return index < 0 ? NO_SPOTS : [{ at: [...at, 'capabilities', 'add', index] }];
  }),
  fix: ({ record, field }, { design }) => {
    const container = valueAt(
      design.records.get(record)?.object,
      ...field.slice(0, field.lastIndexOf('securityContext')),
    );
    const context = objectAt(container, 'securityContext');
    if (field.at(-1) === 'allowPrivilegeEscalation') {
      const needs =
        booleanAt(context, 'privileged') === true || arrayAt(context, 'capabilities', 'add').includes('SYS_ADMIN');
      return needs ? [] : [setValue(record, field, false)];
    }
    if (arrayAt(context, 'capabilities', 'add').filter((name) => name === 'SYS_ADMIN').length > 1) return [];
    if (field.at(-1) !== 'privileged')
      return [fixOf('removeField', { field: formatFieldPath(field) }, record, { op: 'delete', path: field })];
    return arrayAt(context, 'capabilities', 'add').includes('SYS_ADMIN') ? [] : [setValue(record, field, false)];
  },
};

import { arrayAt, objectAt } from '../../base/json.ts';
import { formatFieldPath } from '../../apimachinery/field-path.ts';
import { fixOf } from '../fixes/one-edit.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perContainer } from './spots.ts';

/** Containers whose capabilities are written and keep NET_RAW. */
export const dropNetRawCapability: Lint = {
  id: 'drop-net-raw-capability',
  group: 'security',
  severity: 'warning',
  defaultOn: true,
  kubeLinter: 'drop-net-raw-capability',
  find: perContainer(({ container }) => {
    const capabilities = objectAt(container, 'securityContext', 'capabilities');
    if (!capabilities) return NO_SPOTS;
    const at = ['securityContext', 'capabilities'];
    const added = arrayAt(capabilities, 'add').flatMap((name, index) =>
      isNetRaw(name) ? [{ at: [...at, 'add', index] }] : [],
    );
    const isDropped = arrayAt(capabilities, 'drop').some(isNetRaw);
    return isDropped ? added : [...added, { at: [...at, 'drop'] }];
  }),
  fix: ({ record, field }) =>
    field.at(-1) === 'drop'
      ? [
          fixOf('addTo', { field: formatFieldPath(field), value: 'NET_RAW' }, record, {
            op: 'append',
            path: field,
            value: 'NET_RAW',
          }),
        ]
      : [fixOf('removeField', { field: formatFieldPath(field) }, record, { op: 'delete', path: field })],
};

/** kube-linter looks for NET_RAW anywhere in the name, and for ALL in any case. */
function isNetRaw(name: unknown): boolean {
  return typeof name === 'string' && (name.includes('NET_RAW') || /^all$/i.test(name));
}

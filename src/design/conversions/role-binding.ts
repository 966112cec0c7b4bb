import { parseApiVersion } from '../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../base/json.ts';
import { stringAt } from '../../base/json.ts';
import { withItems } from './change-object.ts';
import type { Conversion, ConversionNote } from './conversion.ts';

const GROUP = 'rbac.authorization.k8s.io';

/** Bindings of v1alpha1 name the version of a subject, not its group. Source: pkg/apis/rbac/v1alpha1/conversion.go, 1.36. */
export const roleBindings: readonly Conversion[] = ['RoleBinding', 'ClusterRoleBinding'].map((kind) => ({
  from: [{ group: GROUP, version: 'v1alpha1', kind }],
  to: { group: GROUP, version: 'v1', kind },
  convert(object) {
    const notes: ConversionNote[] = [];
    const result = withItems(object, ['subjects'], (subject) => {
      const { apiVersion, ...rest } = subject;
      const apiGroup = groupOf(subject);
      if (subject['kind'] === 'User' && subject['name'] === '*') {
        if (notes.length === 0) notes.push({ id: 'everybody', params: {} });
        return { ...rest, kind: 'Group', name: 'system:authenticated', apiGroup };
      }
      return apiGroup === '' && apiVersion === undefined ? rest : { ...rest, ...(apiGroup === '' ? {} : { apiGroup }) };
    });
    return { object: result, notes };
  },
}));

function groupOf(subject: JsonObject): string {
  const kind = stringAt(subject, 'kind');
  if (kind === 'ServiceAccount') return '';
  if (kind === 'User' || kind === 'Group') return GROUP;
  return parseApiVersion(stringAt(subject, 'apiVersion') ?? '').group;
}

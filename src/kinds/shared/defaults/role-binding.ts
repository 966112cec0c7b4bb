import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { textAt } from '../validation/fields.ts';
import { fillInText, updateItems, updateStruct } from './fill-in.ts';

const RBAC_GROUP = 'rbac.authorization.k8s.io';

/** Source: pkg/apis/rbac/v1/defaults.go, 1.36. */
export function defaultRoleBinding(object: KubernetesObject): KubernetesObject {
  const withRole = updateStruct(object, 'roleRef', (role) => fillInText(role, { apiGroup: RBAC_GROUP }));
  return updateItems(withRole, 'subjects', (subject) => {
    const kind = textAt(subject, 'kind');
    return kind === 'User' || kind === 'Group' ? fillInText(subject, { apiGroup: RBAC_GROUP }) : subject;
  });
}

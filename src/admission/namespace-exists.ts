import type { AdmissionPlugin } from './admission-plugin.ts';
import { notFound } from './answer.ts';
import { NAMESPACE } from './cluster-view.ts';

/**
 * Nothing is done in a namespace that is not there: older than NamespaceLifecycle, which replaced it. Off by default.
 * Source: plugin/pkg/admission/namespace/exists/admission.go, 1.36.
 */
export const namespaceExists: AdmissionPlugin = {
  name: 'NamespaceExists',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  validate({ namespace, kind }, cluster) {
    const isNamespace = kind.group === NAMESPACE.group && kind.kind === NAMESPACE.kind;
    if (namespace === '' || isNamespace || cluster.get(NAMESPACE, '', namespace) !== undefined) return undefined;
    return notFound({ group: '', resource: 'namespaces' }, namespace, { ...NAMESPACE, namespace: '', name: namespace });
  },
};

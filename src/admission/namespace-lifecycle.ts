import { stringAt } from '../base/json.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { isFor } from './admission-request.ts';
import { forbidden, notFound } from './answer.ts';
import type { Answer } from './answer.ts';
import type { ClusterView } from './cluster-view.ts';
import { NAMESPACE } from './cluster-view.ts';

/**
 * Nothing is made in a namespace that is not there, or on its way out; three namespaces never go.
 * Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go, 1.36.
 */
export const namespaceLifecycle: AdmissionPlugin = {
  name: 'NamespaceLifecycle',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  admit,
};

const IMMORTAL: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

function admit(request: AdmissionRequest, cluster: ClusterView): Answer {
  const { operation, namespace, kind } = request;
  if (kind.group === NAMESPACE.group && kind.kind === NAMESPACE.kind) {
    const isImmortal = operation === 'DELETE' && IMMORTAL.has(request.name);
    return isImmortal ? forbidden(request, 'this namespace may not be deleted') : undefined;
  }
  if (namespace === '' || operation === 'DELETE' || isAccessReview(request)) return undefined;
  const key = { ...NAMESPACE, namespace: '', name: namespace };
  const found = cluster.get(NAMESPACE, '', namespace);
  if (found === undefined) return notFound({ group: '', resource: 'namespaces' }, namespace, key);
  if (operation !== 'CREATE' || stringAt(found, 'status', 'phase') !== 'Terminating') return undefined;
  return forbidden(request, `unable to create new content in namespace ${namespace} because it is being terminated`, {
    objects: [key],
    causes: [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  });
}

/** Who asks what a user may do learns nothing of which namespaces there are. */
function isAccessReview(request: AdmissionRequest): boolean {
  return isFor(request, 'localsubjectaccessreviews.authorization.k8s.io', request.subresource);
}

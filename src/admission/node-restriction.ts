import { nameOf } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import type { AdmissionRequest, UserInfo } from './admission-request.ts';
import { formatGroupResource } from './admission-request.ts';
import type { Answer } from './answer.ts';
import { forbidden } from './answer.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { signerNameOf } from './certificate-signers.ts';
import type { ClusterView } from './cluster-view.ts';
import { admitClaimStatus } from './node-restriction/claim-status.ts';
import { admitNode } from './node-restriction/node.ts';
import { admitPod } from './node-restriction/pod.ts';
import { admitTokenRequest } from './node-restriction/token-request.ts';
import { stringAt } from '../base/json.ts';

/**
 * A kubelet touches nothing but its own Node and what runs there. Off unless it is switched on, as kubeadm does.
 * Source: plugin/pkg/admission/noderestriction/admission.go, 1.36.
 */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  operations: ['CREATE', 'UPDATE', 'DELETE'],
  admit(request, cluster) {
    const nodeName = nodeNameOf(request.user);
    if (nodeName === undefined) return undefined;
    if (nodeName === '')
      return forbidden(request, `could not determine node from user ${quoteString(request.user.name)}`);
    return ADMIT[formatGroupResource(request.resource)]?.(nodeName, request, cluster);
  },
};

type Admit = (nodeName: string, request: AdmissionRequest, cluster: ClusterView) => Answer;

const ADMIT: Readonly<Partial<Record<string, Admit>>> = {
  pods: admitPod,
  nodes: admitNode,
  persistentvolumeclaims: (nodeName, request) =>
    request.subresource === 'status'
      ? admitClaimStatus(nodeName, request)
      : forbidden(request, 'may only update PVC status'),
  serviceaccounts: admitTokenRequest,
  // Its gate is off in 1.36.
  'podcertificaterequests.certificates.k8s.io': (_, request) =>
    forbidden(request, 'PodCertificateRequest feature gate is disabled'),
  'leases.coordination.k8s.io': admitLease,
  'csinodes.storage.k8s.io': (nodeName, request) =>
    objectName(request) === nodeName
      ? undefined
      : forbidden(request, 'can only access CSINode with the same name as the requesting node'),
  'resourceslices.resource.k8s.io': admitResourceSlice,
  'certificatesigningrequests.certificates.k8s.io': admitSigningRequest,
};

const USER_PREFIX = 'system:node:';

/** Source: pkg/auth/nodeidentifier/default.go, 1.36. */
function nodeNameOf({ name, groups }: UserInfo): string | undefined {
  return name.startsWith(USER_PREFIX) && groups.includes('system:nodes') ? name.slice(USER_PREFIX.length) : undefined;
}

/** A request to create says its name in the object alone. */
function objectName({ operation, name, object }: AdmissionRequest): string {
  return operation === 'CREATE' && object !== undefined ? nameOf(object) : name;
}

function admitLease(nodeName: string, request: AdmissionRequest): Answer {
  if (request.namespace !== 'kube-node-lease')
    return forbidden(request, 'can only access leases in the "kube-node-lease" system namespace');
  return objectName(request) === nodeName
    ? undefined
    : forbidden(request, 'can only access node lease with the same name as the requesting node');
}

function admitResourceSlice(nodeName: string, request: AdmissionRequest): Answer {
  const { operation, object, oldObject } = request;
  if (operation === 'UPDATE') return undefined;
  const verb = operation === 'CREATE' ? 'create' : 'delete';
  const slice = operation === 'CREATE' ? object : oldObject;
  return stringAt(slice, 'spec', 'nodeName') === nodeName
    ? undefined
    : forbidden(request, `can only ${verb} ResourceSlice with the same NodeName as the requesting node`);
}

const KUBELET_SIGNERS = ['kubernetes.io/kubelet-serving', 'kubernetes.io/kube-apiserver-client-kubelet'];

function admitSigningRequest(nodeName: string, request: AdmissionRequest): Answer {
  const { operation, object } = request;
  if (operation !== 'CREATE' || !KUBELET_SIGNERS.includes(signerNameOf(object))) return undefined;
  const subject = readCertificateRequest(stringAt(object, 'spec', 'request') ?? '');
  if ('error' in subject) return forbidden(request, `unable to parse csr: ${subject.error}`);
  const wanted = USER_PREFIX + nodeName;
  return subject.commonName === wanted ? undefined : forbidden(request, `can only create a node CSR with CN=${wanted}`);
}

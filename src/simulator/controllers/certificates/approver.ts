import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt, booleanAt, nameAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import type { Controller, Outcome, ReconcileContext } from '../controller.ts';
import { CERTIFICATE_REQUESTS } from '../resources.ts';
import type { CertificateRequest } from './certificate-request.ts';
import { parseCertificateRequest } from './certificate-request.ts';
import { kubeletClientProblem } from './kubelet-requests.ts';

const SUBJECT_ACCESS_REVIEWS = {
  group: 'authorization.k8s.io',
  version: 'v1',
  plural: 'subjectaccessreviews',
} as const;
const KUBELET_CLIENT = 'kubernetes.io/kube-apiserver-client-kubelet';

/** A kind of request that is approved by itself where its sender may ask for it. */
export interface Recognizer {
  recognize(object: KubernetesObject, request: CertificateRequest): boolean;
  readonly subresource: string;
  readonly message: string;
}

export function isNodeClient(object: KubernetesObject, request: CertificateRequest): boolean {
  const { signerName, usages } = objectAt(object, 'spec') ?? {};
  return (
    signerName === KUBELET_CLIENT && kubeletClientProblem(request, (usages ?? []) as readonly string[]) === undefined
  );
}

export function isSelfNodeClient(object: KubernetesObject, request: CertificateRequest): boolean {
  return (stringAt(object, 'spec', 'username') ?? '') === request.commonName && isNodeClient(object, request);
}

const RECOGNIZERS: readonly Recognizer[] = [
  {
    recognize: isSelfNodeClient,
    subresource: 'selfnodeclient',
    message: 'Auto approving self kubelet client certificate after SubjectAccessReview.',
  },
  {
    recognize: isNodeClient,
    subresource: 'nodeclient',
    message: 'Auto approving kubelet client certificate after SubjectAccessReview.',
  },
];

/**
 * Approves what kubelets ask for to show who they are, where their sender may; what they ask for their own servers a
 * person has to approve. Source: pkg/controller/certificates/approver/sarapprove.go, 1.36.2.
 */
export const csrApprover: Controller = {
  name: 'certificatesigningrequest-approving-controller',
  account: 'certificate-controller',
  workers: 5,
  watches: [{ resource: CERTIFICATE_REQUESTS, keysOf: ({ object }) => [nameOf(object)] }],
  reconcile: (context, key) => {
    const object = context.view(CERTIFICATE_REQUESTS).getKey(key);
    return object === undefined ? undefined : approve(context, object, RECOGNIZERS);
  },
};

export function approve(
  context: ReconcileContext,
  object: KubernetesObject,
  recognizers: readonly Recognizer[],
): Outcome | undefined {
  if (nameAt(object, 'status', 'certificate') !== undefined || isDecided(object)) return undefined;
  const request = parseCertificateRequest(stringAt(object, 'spec', 'request') ?? '');
  const name = nameOf(object);
  if (request === undefined) return { failed: `unable to parse csr "${name}"` };
  const tried: string[] = [];
  for (const recognizer of recognizers) {
    if (!recognizer.recognize(object, request)) continue;
    tried.push(recognizer.subresource);
    const review = context.api.call({
      verb: 'create',
      resource: SUBJECT_ACCESS_REVIEWS,
      body: reviewOf(object, recognizer.subresource),
    });
    if (!review.ok) return { failed: review.message };
    if (booleanAt(review.object, 'status', 'allowed') !== true) continue;
    const result = context.api.call({
      verb: 'update',
      resource: CERTIFICATE_REQUESTS,
      name,
      subresource: 'approval',
      body: withApproval(object, recognizer.message),
    });
    return result.ok ? undefined : { failed: `error updating approval for csr: ${result.message}` };
  }
  if (tried.length === 0) return undefined;
  return { failed: `recognized csr "${name}" as [${tried.join(' ')}] but subject access review was not approved` };
}

function isDecided(object: KubernetesObject): boolean {
  return arrayAt(object, 'status', 'conditions').some((condition) =>
    ['Approved', 'Denied'].includes(stringAt(condition, 'type') ?? ''),
  );
}

function reviewOf(object: KubernetesObject, subresource: string): KubernetesObject {
  const { username = '', uid, groups, extra } = objectAt(object, 'spec') ?? {};
  const group = CERTIFICATE_REQUESTS.group;
  const spec: JsonObject = {
    user: username,
    ...(uid === undefined || uid === '' ? {} : { uid }),
    ...(groups === undefined ? {} : { groups }),
    ...(extra === undefined ? {} : { extra }),
    resourceAttributes: { group, resource: CERTIFICATE_REQUESTS.plural, verb: 'create', subresource, version: '*' },
  };
  return { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', metadata: {}, spec };
}

function withApproval(object: KubernetesObject, message: string): KubernetesObject {
  const approved: JsonValue = { type: 'Approved', status: 'True', reason: 'AutoApproved', message };
  const conditions = [...arrayAt(valueAt(object, 'status'), 'conditions'), approved];
  return { ...object, status: { ...objectAt(object, 'status'), conditions } };
}

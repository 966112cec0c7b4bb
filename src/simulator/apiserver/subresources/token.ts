import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject, nameOf, namespaceOf } from '../../../apimachinery/object.ts';
import { parseApiVersion } from '../../../apimachinery/group-version-kind.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, nameAt, numberAt, objectAt, stringAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import { admit } from '../admission.ts';
import { storageKeyOf } from '../served-resources.ts';
import type { ServedResource } from '../served-resources.ts';
import { badRequest, conflict, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { Server } from '../state.ts';
import type { Subresource } from '../subresources.ts';

/** Source: pkg/apis/authentication/v1/defaults.go, 1.36. */
const DEFAULT_SECONDS = 3600;
/** Source: pkg/apis/authentication/validation/validation.go, 1.36. */
const LEAST_SECONDS = 600;
const MOST_SECONDS = 2 ** 32;
/** What kubeadm gives `--service-account-issuer`. Source: cmd/kubeadm/app/phases/controlplane/manifests.go, 1.36. */
const AUDIENCE = 'https://kubernetes.default.svc.cluster.local';

/**
 * A token bound to a Pod: what the kubelet mounts. Nothing is stored.
 * Source: pkg/registry/core/serviceaccount/storage/token.go, 1.36.
 */
export const token: Subresource = {
  subresource: 'token',
  resources: ['serviceaccounts'],
  readsFirst: true,
  verbs: {
    create({ server, request, resource, current }) {
      const { body, name = '' } = request;
      if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
      const admitted = admit(server, request, 'CREATE', body, undefined);
      if (isRefusal(admitted)) return admitted;
      const elsewhere = otherAccount(admitted.object, name, request.namespace ?? '');
      if (elsewhere !== undefined) return elsewhere;
      if (current === undefined) return notFound(resource, name);
      const asked = filledIn(admitted.object, current.object, timeOf(server.context.nowMs));
      const wrong = otherUid(body, current.object, name) ?? invalidSeconds(asked);
      if (wrong !== undefined) return wrong;
      const validated = admitted.validate(asked);
      if (isRefusal(validated)) return validated;
      const unbound = refusedReference(server, asked, name);
      if (unbound !== undefined) return unbound;
      return {
        key: storageKeyOf(resource, current.object),
        value: current.object,
        expectedRevision: current.revision,
        code: 201,
        warnings: [],
        isUnchanged: true,
        answer: Object.freeze({ ...asked, status: statusFor(server, asked) }),
      };
    },
  },
};

function statusFor({ context }: Server, asked: KubernetesObject): JsonObject {
  const seconds = numberAt(asked, 'spec', 'expirationSeconds') ?? DEFAULT_SECONDS;
  const letters = context.random.letters(`token/${context.next('token')}`, '0123456789abcdef', 32);
  return { token: letters, expirationTimestamp: timeOf(context.nowMs + seconds * 1000) };
}

function filledIn(body: KubernetesObject, account: KubernetesObject, now: string): KubernetesObject {
  const spec = objectAt(body, 'spec') ?? {};
  const { uid } = objectAt(account, 'metadata') ?? {};
  const metadata = { name: nameOf(account), namespace: namespaceOf(account) ?? '', uid, ...objectAt(body, 'metadata') };
  return {
    ...body,
    metadata: { ...metadata, creationTimestamp: now },
    spec: {
      ...spec,
      audiences: arrayAt(spec, 'audiences').length === 0 ? [AUDIENCE] : arrayAt(spec, 'audiences'),
      expirationSeconds: numberAt(spec, 'expirationSeconds') ?? DEFAULT_SECONDS,
    },
  };
}

function otherAccount(body: KubernetesObject, name: string, namespace: string): Refusal | undefined {
  const [own, place] = [nameAt(body, 'metadata', 'name'), nameAt(body, 'metadata', 'namespace')];
  if (own !== undefined && own !== name) return invalid(name, 'metadata.name', own, 'name');
  if (place !== undefined && place !== namespace) return invalid(name, 'metadata.namespace', place, 'namespace');
  return undefined;

  function invalid(account: string, field: string, value: string, what: string): Refusal {
    return refused(account, field, JSON.stringify(value), `must match the service account ${what} if specified`);
  }
}

function refused(name: string, field: string, value: string, why: string): Refusal {
  const message = `Invalid value: ${value}: ${why}`;
  return {
    code: 422,
    reason: 'Invalid',
    message: `TokenRequest.authentication.k8s.io "${name}" is invalid: ${field}: ${message}`,
    details: {
      name,
      group: 'authentication.k8s.io',
      kind: 'TokenRequest',
      causes: [{ reason: 'FieldValueInvalid', message, field }],
    },
  };
}

/** Source: gate TokenRequestServiceAccountUIDValidation, on since 1.34. */
function otherUid(body: KubernetesObject, account: KubernetesObject, name: string): Refusal | undefined {
  const [asked, own] = [nameAt(body, 'metadata', 'uid'), nameAt(account, 'metadata', 'uid') ?? ''];
  if (asked === undefined || asked === own) return undefined;
  const why = `the UID in the token request (${asked}) does not match the UID of the service account (${own})`;
  return conflict(
    { group: 'authentication.k8s.io', plural: 'TokenRequest', qualified: 'TokenRequest.authentication.k8s.io' },
    name,
    why,
  );
}

function invalidSeconds(asked: KubernetesObject): Refusal | undefined {
  const seconds = numberAt(asked, 'spec', 'expirationSeconds') ?? DEFAULT_SECONDS;
  const why =
    seconds < LEAST_SECONDS
      ? 'may not specify a duration less than 10 minutes'
      : seconds > MOST_SECONDS
        ? 'may not specify a duration larger than 2^32 seconds'
        : undefined;
  return why === undefined ? undefined : refused('', 'spec.expirationSeconds', String(seconds), why);
}

const BOUND: Readonly<Record<string, string>> = { Pod: 'pods', Node: 'nodes', Secret: 'secrets' };

/** What the token is bound to must be there, and be that one. */
function refusedReference({ state }: Server, asked: KubernetesObject, account: string): Refusal | undefined {
  const reference = objectAt(asked, 'spec', 'boundObjectRef');
  if (reference === undefined) return undefined;
  const [apiVersion = '', kind = '', name = ''] = ['apiVersion', 'kind', 'name'].map((field) =>
    stringAt(reference, field),
  );
  const { group, version } = parseApiVersion(apiVersion);
  const plural = group === '' ? BOUND[kind] : undefined;
  const resource: ServedResource | undefined = plural === undefined ? undefined : state.resources.get(plural);
  if (plural === undefined || resource === undefined)
    return badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
  const namespace = resource.namespaced ? namespaceOf(asked) : undefined;
  const object = state.caches.get(plural)?.view.get(namespace, name);
  if (object === undefined) return notFound(resource, name);
  if (kind === 'Pod' && stringAt(object, 'spec', 'serviceAccountName') !== account)
    return badRequest(
      `cannot bind token for serviceaccount "${account}" to pod running with different serviceaccount name.`,
    );
  const uid = nameAt(reference, 'uid');
  if (uid === undefined || uid === nameAt(object, 'metadata', 'uid')) return undefined;
  const why = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
  return conflict({ group, plural: kind, qualified: kind }, name, why);
}

import { conditionsOf, setCondition } from '../../../apimachinery/conditions.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isBeingDeleted, isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import { numberAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { timeOf } from '../../kernel/clock.ts';
import type { ApiRequest } from '../../messages.ts';
import { admit } from '../admission.ts';
import { RETRY_MS } from '../eviction/eviction.ts';
import { storageKeyOf } from '../served-resources.ts';
import { SUCCESS, badRequest, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { PreparedWrite } from '../state.ts';
import type { Subresource } from '../subresources.ts';
import { preconditionError, remove } from '../verbs/delete.ts';
import { sameButVersion } from '../verbs/update.ts';
import type { AsksBudgets, Found, WriteRequest } from '../write-verbs.ts';

/**
 * Deletes a Pod where its PodDisruptionBudget lets it go: the Pod is told why in its status, then it is deleted.
 * Source: pkg/registry/core/pod/storage/eviction.go, 1.36.
 */
export const eviction: Subresource = {
  subresource: 'eviction',
  resources: ['pods'],
  readsFirst: true,
  verbs: {
    create(write) {
      const { request, resource, current } = write;
      const { body, name = '' } = request;
      if (!isKubernetesObject(body)) return badRequest('no object in the body of the request');
      if (name !== nameOf(body)) return badRequest('name in URL does not match name in Eviction object');
      const invalid = invalidOptions(body);
      if (invalid !== undefined) return invalid;
      if (current === undefined) return notFound(resource, name);
      const refused = write.eviction === undefined ? admitEviction(write, body) : undefined;
      if (refused !== undefined) return refused;
      return evict({ ...write, request: withDeleteOptions(request, body) }, current);
    },
  },
};

const UNSAFE = 'ignoreStoreReadErrorWithClusterBreakingPotential';

function invalidOptions(body: KubernetesObject): Refusal | undefined {
  if (valueAt(body, 'deleteOptions', UNSAFE) !== true) return undefined;
  const field = `deleteOptions.${UNSAFE}`;
  const message = 'Invalid value: true: can not be set for pod eviction, try after removing the option';
  const name = nameOf(body);
  return {
    code: 422,
    reason: 'Invalid',
    message: `Eviction.policy "${name}" is invalid: ${field}: ${message}`,
    details: { name, group: 'policy', kind: 'Eviction', causes: [{ reason: 'FieldValueInvalid', message, field }] },
  };
}

function admitEviction({ server, request }: WriteRequest, body: KubernetesObject): Refusal | undefined {
  const admitted = admit(server, request, 'CREATE', body, undefined);
  if (isRefusal(admitted)) return admitted;
  const validated = admitted.validate(admitted.object);
  return isRefusal(validated) ? validated : undefined;
}

/** The request with the options of the Eviction; those of the URL stay where the Eviction has none. */
function withDeleteOptions(request: ApiRequest, body: KubernetesObject): ApiRequest {
  const asked = objectAt(body, 'deleteOptions');
  const seconds = numberAt(asked, 'gracePeriodSeconds');
  const policy = stringAt(asked, 'propagationPolicy') as 'Foreground' | 'Background' | 'Orphan' | undefined;
  const preconditions = objectAt(asked, 'preconditions') as { uid?: string; resourceVersion?: string } | undefined;
  return {
    ...request,
    options: {
      ...request.options,
      ...(seconds === undefined ? {} : { gracePeriodSeconds: seconds }),
      ...(policy === undefined ? {} : { propagationPolicy: policy }),
      ...(preconditions === undefined ? {} : { preconditions }),
    },
  };
}

function evict(write: WriteRequest, current: Found): PreparedWrite | Refusal | AsksBudgets {
  const { request, eviction: state } = write;
  const pod = current.object;
  const step = state?.step ?? 'look';
  if (step === 'look' && !canIgnoreBudgets(pod)) return { asks: 'budgets', pod };
  if (step === 'delete') {
    const prepared = remove({ ...write, request: withVersion(request, state?.podVersion) });
    return 'asks' in prepared || isRefusal(prepared) ? prepared : { ...prepared, code: 201, answer: SUCCESS };
  }
  const wanted = request.options?.preconditions?.resourceVersion ?? state?.podVersion;
  const refused = preconditionError({ ...write, request: withVersion(request, wanted) }, current);
  if (refused !== undefined) return refused;
  // A Pod that nobody has to be asked for, because it is not yet running, must not have begun to since.
  const isHeld = step === 'look' && stringAt(pod, 'status', 'phase') === 'Pending' && !isBeingDeleted(pod);
  return { ...mark(write, current), ...(isHeld ? { retryMs: RETRY_MS } : {}) };
}

function withVersion(request: ApiRequest, resourceVersion: string | undefined): ApiRequest {
  const { resourceVersion: _, ...others } = request.options?.preconditions ?? {};
  const preconditions = resourceVersion === undefined ? others : { ...others, resourceVersion };
  return { ...request, options: { ...request.options, preconditions } };
}

/** Source: `canIgnorePDB`. */
function canIgnoreBudgets(pod: KubernetesObject): boolean {
  const phase = stringAt(pod, 'status', 'phase') ?? '';
  return ['Succeeded', 'Failed', 'Pending'].includes(phase) || isBeingDeleted(pod);
}

/** The first write: why the Pod goes. Source: `addConditionAndDeletePod`. */
function mark({ server, resource }: WriteRequest, { object, revision }: Found): PreparedWrite {
  const value = withDisruptionTarget(object, timeOf(server.context.nowMs));
  return {
    key: storageKeyOf(resource, object),
    value: Object.freeze(value),
    expectedRevision: revision,
    code: 201,
    warnings: [],
    isFirst: true,
    ...(sameButVersion(value, object) ? { isUnchanged: true } : {}),
  };
}

function withDisruptionTarget(pod: KubernetesObject, now: string): KubernetesObject {
  const target = {
    type: 'DisruptionTarget',
    status: 'True',
    reason: 'EvictionByEvictionAPI',
    message: 'Eviction API: evicting',
  } as const;
  const conditions = setCondition(conditionsOf(pod), target, now);
  return { ...pod, status: { ...objectAt(pod, 'status'), conditions } };
}

import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { arrayAt, asObject, nameAt, objectAt, valueAt } from '../../../base/json.ts';
import { validateRequestApproval } from '../../../kinds/certificatesigningrequest/certificatesigningrequest.status.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { validateObjectMetaUpdate } from '../../../kinds/shared/validation/object-meta.ts';
import { invalidObject } from '../../../kinds/verdict.ts';
import { timeOf } from '../../kernel/clock.ts';
import { admit } from '../admission.ts';
import { kindsOf } from '../custom-resources/known-kinds.ts';
import { refusalOf } from '../refusal-of.ts';
import { withOwnership } from '../managed-fields.ts';
import { storageKeyOf } from '../served-resources.ts';
import { badRequest, isRefusal, notFound } from '../status.ts';
import type { Refusal } from '../status.ts';
import type { PreparedWrite } from '../state.ts';
import type { Subresource } from '../subresources.ts';
import { patchedObject } from '../verbs/patch.ts';
import { staleVersion } from '../verbs/update.ts';
import type { Found, WriteRequest } from '../write-verbs.ts';

/**
 * Whether a certificate is signed: writes the conditions of a request and nothing else, where `status` may not decide.
 * Source: pkg/registry/certificates/certificates/strategy.go `csrApprovalStrategy`, 1.36.
 */
export const approval: Subresource = {
  subresource: 'approval',
  resources: ['certificatesigningrequests.certificates.k8s.io'],
  verbs: {
    update(write) {
      const { request, resource, current } = write;
      if (!isKubernetesObject(request.body)) return badRequest('no object in the body of the request');
      if (current === undefined) return notFound(resource, request.name ?? '');
      return staleVersion(write, request.body, current) ?? written(write, request.body, current);
    },
    patch(write) {
      const { request, resource, current } = write;
      if (current === undefined) return notFound(resource, request.name ?? '');
      const patched = patchedObject(write, current.object);
      return isRefusal(patched) ? patched : written(write, patched, current);
    },
  },
};

function written(
  { server, request, resource }: WriteRequest,
  body: KubernetesObject,
  current: Found,
): PreparedWrite | Refusal {
  const old = current.object;
  const conditions = arrayAt(body, 'status', 'conditions');
  const now = timeOf(server.context.nowMs);
  const status: JsonObject = {
    ...objectAt(old, 'status'),
    conditions: conditions.map((condition) => withTimes(asObject(condition) ?? {}, old, now)),
  };
  const served = servedKindOf(old, kindsOf(server.state));
  if (isVerdict(served)) return badRequest(served.message);
  const owned = withOwnership(server, request, served, old, { ...old, status });
  const admitted = admit(server, request, 'UPDATE', owned, old);
  if (isRefusal(admitted)) return admitted;
  const { object } = admitted;
  const errors = [
    ...validateObjectMetaUpdate(valueAt(object, 'metadata'), valueAt(old, 'metadata'), { standardFinalizers: false }),
    ...validateRequestApproval(object, old),
  ];
  if (errors.length > 0) return refusalOf(invalidObject(served.kind, nameOf(object), errors));
  const validated = admitted.validate(object);
  if (isRefusal(validated)) return validated;
  return {
    key: storageKeyOf(resource, object),
    value: Object.freeze(object),
    expectedRevision: current.revision,
    code: 200,
    warnings: [...admitted.warnings, ...validated.warnings],
  };
}

/** A condition that says no time has that of now, or of the same condition before. */
function withTimes(condition: JsonObject, old: KubernetesObject, now: string): JsonObject {
  const same = arrayAt(old, 'status', 'conditions').find(
    (before) =>
      nameAt(before, 'type') === nameAt(condition, 'type') && nameAt(before, 'status') === nameAt(condition, 'status'),
  );
  return {
    ...condition,
    lastUpdateTime: condition['lastUpdateTime'] ?? now,
    lastTransitionTime: condition['lastTransitionTime'] ?? nameAt(same, 'lastTransitionTime') ?? now,
  };
}

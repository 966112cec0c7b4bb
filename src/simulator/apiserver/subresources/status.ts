import { isKubernetesObject, nameOf } from '../../../apimachinery/object.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import type { JsonObject } from '../../../base/json.ts';
import { objectAt, valueAt } from '../../../base/json.ts';
import type { FieldError } from '../../../apimachinery/field-error.ts';
import type { ServedKind } from '../../../kinds/served-kind.ts';
import { isVerdict, servedKindOf } from '../../../kinds/served-kind.ts';
import { invalidObject } from '../../../kinds/verdict.ts';
import { warningsAtArrival } from '../../../kinds/request-warnings.ts';
import { claimStatusErrors } from '../../../admission/resource-claims/claim-status-access.ts';
import { deviceAdminStatusErrors } from '../../../admission/resource-claims/device-admin-access.ts';
import type { ApiRequest } from '../../messages.ts';
import { admit } from '../admission.ts';
import { clusterViewOf } from '../cluster-view.ts';
import { kindsOf } from '../custom-resources/known-kinds.ts';
import { refusalOf } from '../refusal-of.ts';
import { withOwnership } from '../managed-fields.ts';
import { storageKeyOf } from '../served-resources.ts';
import { badRequest, isRefusal, notFound } from '../status.ts';
import type { Subresource } from '../subresources.ts';
import { appliedObject } from '../verbs/apply.ts';
import { patchedObject } from '../verbs/patch.ts';
import { isGone, otherObject, sameButVersion, staleVersion } from '../verbs/update.ts';
import type { PreparedWrite, Server } from '../state.ts';
import type { Refusal } from '../status.ts';
import type { Found, WriteRequest } from '../write-verbs.ts';

/** Writes `status`, and of the metadata what the strategies let through. */
export const status: Subresource = {
  subresource: 'status',
  resources: '*',
  verbs: {
    update(write) {
      const { request, resource, current } = write;
      if (!isKubernetesObject(request.body)) return badRequest('no object in the body of the request');
      if (current === undefined) return otherObject(write, request.body) ?? notFound(resource, request.name ?? '');
      return staleVersion(write, request.body, current) ?? finish(write, request.body, current);
    },
    patch(write) {
      const { request, resource, current } = write;
      if (current === undefined) return notFound(resource, request.name ?? '');
      if (request.options?.patchType === 'apply') {
        const applied = appliedObject(write);
        return isRefusal(applied) ? applied : finish(write, applied.object, current);
      }
      const patched = patchedObject(write, current.object);
      return isRefusal(patched) ? patched : finish(write, patched, current);
    },
  },
};

/** Kinds whose defaults reach into the status. Source: pkg/apis/core/v1/zz_generated.defaults.go, 1.36.2. */
const DEFAULTED: ReadonlySet<string> = new Set(['namespaces', 'nodes', 'services']);

function finish(
  { server, request, resource }: WriteRequest,
  body: KubernetesObject,
  current: Found,
): PreparedWrite | Refusal {
  const served = servedKindOf(current.object, kindsOf(server.state));
  const isCustom = !isVerdict(served) && served.custom !== undefined;
  const isApply = request.options?.patchType === 'apply';
  const next = valueAt(body, 'status');
  const { status: _, ...rest } = current.object;
  const written: KubernetesObject = {
    ...(rest as KubernetesObject),
    metadata: {
      ...(isCustom ? objectAt(current.object, 'metadata') : statusMetadata(current.object, body)),
      // What is applied comes with who owns it.
      ...(isApply ? { managedFields: valueAt(body, 'metadata', 'managedFields') } : {}),
    },
    ...(next === undefined ? {} : { status: next }),
  };
  const sent =
    isVerdict(served) || !DEFAULTED.has(resource.qualified)
      ? written
      : (served.strategy?.setDefaults(written) ?? written);
  const changed = isVerdict(served) ? sent : (served.strategy?.prepareStatus?.(sent, current.object) ?? sent);
  if (sameButVersion(changed, current.object))
    return {
      key: storageKeyOf(resource, changed),
      value: current.object,
      expectedRevision: current.revision,
      code: 200,
      warnings: [],
      isUnchanged: true,
      answer: current.object,
    };
  const owned =
    isVerdict(served) || isApply ? changed : withOwnership(server, request, served, current.object, changed);
  const admitted = admit(server, request, 'UPDATE', owned, current.object);
  if (isRefusal(admitted)) return admitted;
  const { object } = admitted;
  const errors = isVerdict(served)
    ? []
    : [...claimErrors(server, request, object, current.object), ...statusErrors(object, current.object, served)];
  if (errors.length > 0 && !isVerdict(served)) return refusalOf(invalidObject(served.kind, nameOf(object), errors));
  const validated = admitted.validate(object);
  if (isRefusal(validated)) return validated;
  const warnings = isVerdict(served)
    ? []
    : [
        ...warningsAtArrival(body, served),
        ...admitted.warnings,
        ...(served.strategy?.statusWarnings?.(object) ?? []),
        ...validated.warnings,
      ];
  const key = storageKeyOf(resource, object);
  if (isGone(object))
    return { key, value: undefined, expectedRevision: current.revision, code: 200, warnings, answer: object };
  const base = {
    key,
    value: Object.freeze(object),
    expectedRevision: current.revision,
    code: 200,
    warnings,
  } as const;
  return { ...base, isHeartbeat: resource.qualified === 'nodes' && isNodeHeartbeat(object, current.object) };
}

/** What the kind's own rules for its status refuse, as the server reads it: in the version it validates. */
function statusErrors(
  object: KubernetesObject,
  old: KubernetesObject,
  { strategy, custom }: ServedKind,
): readonly FieldError[] {
  if (custom !== undefined) return strategy?.validate(object, old) ?? [];
  const hub = (state: KubernetesObject): KubernetesObject => strategy?.toHub?.(state) ?? state;
  return strategy?.validateStatus?.(hub(object), hub(old)) ?? [];
}

/** What the rest of the cluster refuses about the status of a claim: its namespace, and the authorizer. */
function claimErrors(
  server: Server,
  request: ApiRequest,
  claim: KubernetesObject,
  old: KubernetesObject,
): readonly FieldError[] {
  if (request.resource.plural !== 'resourceclaims' || request.resource.group !== 'resource.k8s.io') return [];
  const view = clusterViewOf(server);
  const { user, verb, namespace = '' } = request;
  const write = { user, verb: verb === 'patch' ? verb : 'update', namespace } as const;
  return [...deviceAdminStatusErrors(claim, old, view), ...claimStatusErrors(claim, old, write, view)];
}

/**
 * Built-in kinds take annotations and finalizers from a write of the status: so does the revision of a Deployment get
 * there, and so does a definition let go.
 * Source: `PrepareForUpdate` of the status strategies, pkg/registry/apps/deployment/strategy.go, 1.36.
 */
function statusMetadata(current: KubernetesObject, body: KubernetesObject): JsonObject {
  const { annotations: _, finalizers: __, ...metadata } = objectAt(current, 'metadata') ?? {};
  const annotations = objectAt(body, 'metadata', 'annotations');
  const finalizers = valueAt(body, 'metadata', 'finalizers');
  return {
    ...metadata,
    ...(annotations === undefined ? {} : { annotations }),
    ...(finalizers === undefined ? {} : { finalizers }),
  };
}

/** A Node that says only that it is still there. */
function isNodeHeartbeat(object: KubernetesObject, old: KubernetesObject): boolean {
  return withoutHeartbeats(object) === withoutHeartbeats(old);
}

function withoutHeartbeats(object: KubernetesObject): string {
  return JSON.stringify(valueAt(object, 'status') ?? {}, (key, value: unknown) =>
    key === 'lastHeartbeatTime' ? undefined : value,
  );
}

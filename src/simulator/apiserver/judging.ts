import { withWarnings } from '../../admission/answer.ts';
import { deviceAdminErrors } from '../../admission/resource-claims/device-admin-access.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { nameOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { jsonEqual, numberAt, objectAt, valueAt } from '../../base/json.ts';
import { prepare } from '../../kinds/judge.ts';
import { keepStatus } from '../../kinds/judge-update.ts';
import { COMMON_RULES } from '../../kinds/metadata-rules.ts';
import { warningsAtArrival, warningsOnceStored } from '../../kinds/request-warnings.ts';
import type { ServedKind } from '../../kinds/served-kind.ts';
import { isVerdict, servedKindOf } from '../../kinds/served-kind.ts';
import { keepServerMetadata, metadataOfRequest } from '../../kinds/server-metadata.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from '../../kinds/shared/validation/object-meta.ts';
import { structureFieldErrors } from '../../kinds/structure-field-errors.ts';
import { invalidObject } from '../../kinds/verdict.ts';
import type { ApiRequest } from '../messages.ts';
import { allocate } from './allocation/allocate.ts';
import { clusterFactsOf } from './allocation/service-networks.ts';
import type { Allocated } from './allocation/allocate.ts';
import { admit, onceIn } from './admission.ts';
import type { Validated } from './admission.ts';
import { requestedBy } from './requested-by.ts';
import { refusedEscalation } from './authorization/escalation.ts';
import { clusterViewOf } from './cluster-view.ts';
import { kindsOf } from './custom-resources/known-kinds.ts';
import { decodeFor } from './field-validation.ts';
import type { Decoded } from './field-validation.ts';
import { withOwnership } from './managed-fields.ts';
import { refusalOf } from './refusal-of.ts';
import type { Refusal } from './status.ts';
import { isRefusal } from './status.ts';
import type { PreparedWrite, Server } from './state.ts';

/** An object that may be stored. */
export interface Judged {
  readonly object: KubernetesObject;
  readonly warnings: readonly string[];
  /** What is still to be asked of quotas and of the server itself. */
  readonly rest: Pick<PreparedWrite, 'quota' | 'before' | 'after' | 'undo' | 'ports'>;
}

/** Decodes as the request wants it; the same functions judge the editor's manifests. */
export function judgeRequest(server: Server, request: ApiRequest, body: KubernetesObject): Decoded | Refusal {
  const served = servedKindOf(body, kindsOf(server.state));
  if (isVerdict(served)) return told(server, 'decode', refusalOf(served));
  const decoded = decodeFor(request, body, served);
  return isRefusal(decoded) ? withWarnings(told(server, 'decode', decoded), served.warnings) : decoded;
}

/** Defaults, mutating admission, the kind's strategy and rules, validating admission: what stands before a create. */
export function prepareCreate(
  server: Server,
  request: ApiRequest,
  served: ServedKind,
  object: KubernetesObject,
): Judged | Refusal {
  const warnings: string[] = [...warningsAtArrival(object, served)];
  const prepared = createOrRefuse(server, request, served, object, warnings);
  return isRefusal(prepared) ? withWarnings(prepared, warnings) : { ...prepared, warnings };
}

/** Warnings are told as they are found: a refusal comes with those before it. */
function createOrRefuse(
  server: Server,
  request: ApiRequest,
  served: ServedKind,
  object: KubernetesObject,
  warnings: string[],
): Omit<Judged, 'warnings'> | Refusal {
  const { strategy } = served;
  const defaulted = strategy ? strategy.setDefaults(strategy.toHub?.(object) ?? object) : object;
  const isApply = request.options?.patchType === 'apply';
  const owned = isApply
    ? defaulted
    : onceIn(server, 'owned', () => withOwnership(server, request, served, undefined, defaulted));
  const admitted = admit(server, request, 'CREATE', owned, undefined);
  if (isRefusal(admitted)) return admitted;
  warnings.push(...admitted.warnings);
  const escalates = refusedEscalation(server, request, admitted.object, undefined);
  if (escalates !== undefined) return escalates;
  const made = objectAt(admitted.object, 'metadata')!;
  const bare = keepMade(metadataOfRequest(admitted.object, served.namespaced), made);
  const prepared = prepare(bare, served, clusterFactsOf(server));
  const allocated = onceIn(server, 'allocated', () =>
    allocate(server, request, firstGeneration(requestedBy(prepared, request), served)),
  );
  if (isRefusal(allocated)) return allocated;
  const kept = allocated.object;
  const own = strategy
    ? [...deviceAdminErrors(kept, clusterViewOf(server)), ...strategy.validate(kept)]
    : structureFieldErrors([]);
  const rules = served.metadataRules(kept);
  const meta =
    rules === undefined || (rules.last && own.length > 0)
      ? []
      : validateObjectMeta(valueAt(kept, 'metadata'), { ...rules, namespaced: served.namespaced });
  if (meta.length + own.length > 0)
    return told(server, 'validate', refusalOf(invalidObject(served.kind, nameOf(kept), [...meta, ...own])));
  warnings.push(...warningsOnceStored(kept, served));
  const validated = admitted.validate(kept);
  if (isRefusal(validated)) return validated;
  warnings.push(...validated.warnings);
  return {
    object: kept,
    rest: restOf(allocated, validated),
  };
}

function restOf({ before, after, undo, ports }: Allocated, { quota }: Validated): Judged['rest'] {
  return {
    ...(quota === undefined ? {} : { quota }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(undo === undefined ? {} : { undo }),
    ...(ports === undefined ? {} : { ports }),
  };
}

/** What `metadataOfRequest` clears because clients may not set it, the server has just made. */
function keepMade(object: KubernetesObject, made: JsonObject): KubernetesObject {
  const { uid, creationTimestamp, managedFields } = made;
  const metadata = objectAt(object, 'metadata') ?? {};
  return {
    ...object,
    metadata: {
      ...metadata,
      uid,
      creationTimestamp,
      ...(managedFields === undefined ? {} : { managedFields }),
    },
  };
}

/** Kinds that count changes of their spec begin at 1. */
function firstGeneration(object: KubernetesObject, { strategy, custom }: ServedKind): KubernetesObject {
  const counts = strategy ? strategy.hasGeneration : custom !== undefined;
  if (!counts) return object;
  return { ...object, metadata: { ...objectAt(object, 'metadata'), generation: 1 } };
}

/** The same before an update; `object` is what the client sent, or what its patch makes of the current object. */
export function prepareUpdate(
  server: Server,
  request: ApiRequest,
  decoded: Decoded,
  current: KubernetesObject,
): Judged | Refusal {
  const warnings: string[] = [...warningsAtArrival(decoded.object, decoded.served)];
  const prepared = updateOrRefuse(server, request, decoded, current, warnings);
  return isRefusal(prepared) ? withWarnings(prepared, warnings) : { ...prepared, warnings };
}

function updateOrRefuse(
  server: Server,
  request: ApiRequest,
  { object, served }: Decoded,
  current: KubernetesObject,
  warnings: string[],
): Omit<Judged, 'warnings'> | Refusal {
  const { strategy } = served;
  const ready = keepServerMetadata(metadataOfRequest(object, served.namespaced), current);
  const defaulted = strategy ? strategy.setDefaults(strategy.toHub?.(ready) ?? ready) : ready;
  const sent = server.state.settings.managedFields ? withManagersOf(object, defaulted) : defaulted;
  const owned =
    request.options?.patchType === 'apply'
      ? sent
      : onceIn(server, 'owned', () => withOwnership(server, request, served, current, sent));
  const admitted = admit(server, request, 'UPDATE', owned, current);
  if (isRefusal(admitted)) return admitted;
  warnings.push(...admitted.warnings);
  const escalates = refusedEscalation(server, request, admitted.object, current);
  if (escalates !== undefined) return escalates;
  const prepared =
    strategy?.prepareForUpdate?.(admitted.object, current, clusterFactsOf(server)) ??
    keepStatus(admitted.object, current, served);
  const allocated = onceIn(server, 'allocated', () => allocate(server, request, prepared, current));
  if (isRefusal(allocated)) return allocated;
  const counted = countGeneration(allocated.object, current, served);
  const own = strategy
    ? [...strategy.validate(counted, current), ...(strategy.validateUpdate?.(counted, current) ?? [])]
    : [];
  const errors = [...metadataErrors(counted, current, served), ...own];
  if (errors.length > 0)
    return told(server, 'validate', refusalOf(invalidObject(served.kind, nameOf(counted), errors)));
  warnings.push(...warningsOnceStored(counted, served, current));
  const validated = admitted.validate(counted);
  if (isRefusal(validated)) return validated;
  warnings.push(...validated.warnings);
  return {
    object: counted,
    rest: restOf(allocated, validated),
  };
}

/** What has been made of an object, with the managers that came with it: those of an apply, or a client's own. */
function withManagersOf(object: KubernetesObject, made: KubernetesObject): KubernetesObject {
  const managedFields = valueAt(object, 'metadata', 'managedFields');
  return managedFields === undefined ? made : { ...made, metadata: { ...objectAt(made, 'metadata'), managedFields } };
}

/**
 * Kinds whose strategy does not count changes of the spec itself. Of a custom resource everything counts but metadata;
 * its status, where that is written apart, is here still the one from before.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/strategy.go `PrepareForUpdate`, 1.36.
 */
function countGeneration(object: KubernetesObject, old: KubernetesObject, served: ServedKind): KubernetesObject {
  const before = numberAt(old, 'metadata', 'generation');
  const counts = served.strategy ? served.strategy.hasGeneration : served.custom !== undefined;
  if (!counts || before === undefined || numberAt(object, 'metadata', 'generation') !== before) return object;
  const isSame =
    served.custom === undefined
      ? jsonEqual(valueAt(object, 'spec'), valueAt(old, 'spec'))
      : jsonEqual({ ...object, metadata: {} }, { ...old, metadata: {} });
  if (isSame) return object;
  return { ...object, metadata: { ...objectAt(object, 'metadata'), generation: before + 1 } };
}

function metadataErrors(object: KubernetesObject, old: KubernetesObject, served: ServedKind) {
  const rules = served.metadataRules(object);
  if (rules === undefined) return [];
  const [metadata, before] = [valueAt(object, 'metadata'), valueAt(old, 'metadata')];
  return [
    ...validateObjectMeta(metadata, { ...COMMON_RULES, namespaced: served.namespaced }),
    ...validateObjectMetaUpdate(metadata, before, { standardFinalizers: false }),
  ];
}

/** Notes which gate has refused an object. */
function told({ context }: Server, verb: string, refusal: Refusal): Refusal {
  const { code, message } = refusal;
  context.cause = context.note({ class: 'internal', verb, detail: { code, message } });
  return refusal;
}

import type { FieldError } from '../apimachinery/field-error.ts';
import { groupVersionKindOf } from '../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf, namespaceOf } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { nameAt, numberAt, valueAt } from '../base/json.ts';
import { schemaOf } from '../openapi/built-in-schemas.ts';
import { applyOver } from './apply-over.ts';
import { cannotDecode, inVersion, prepare } from './judge.ts';
import { withoutStatus } from './shared/status.ts';
import type { WrittenFacts } from './judge.ts';
import type { UpdateStep } from './metadata-rules.ts';
import { COMMON_RULES } from './metadata-rules.ts';
import type { JudgeContext, ServedKind } from './served-kind.ts';
import { warningsAtArrival, warningsOnceStored } from './request-warnings.ts';
import { isVerdict, servedKindOf } from './served-kind.ts';
import { keepServerMetadata, metadataOfRequest } from './server-metadata.ts';
import { prune } from './shared/custom-resource/prune.ts';
import { structuralSchema } from './shared/custom-resource/structural-schema.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from './shared/validation/object-meta.ts';
import { structureFieldErrors } from './structure-field-errors.ts';
import type { Verdict } from './verdict.ts';
import { accepted, invalidObject, refused, unknown } from './verdict.ts';

/**
 * What an API server answers when a manifest that was applied as `old`, and accepted, is applied again as `object`: the
 * change is made to what is stored, as `kubectl apply` does, so that fields which nobody ever wrote stay as they are. With
 * objects read from a cluster that is a plain update.
 */
export function judgeUpdate(
  object: KubernetesObject,
  old: KubernetesObject,
  context: JudgeContext,
  facts: WrittenFacts = {},
): Verdict {
  const served = servedKindOf(object, context);
  if (isVerdict(served)) return served;
  const decoded = served.decode(object, facts.repeated);
  if (!decoded.ok) return cannotDecode(served, decoded);
  const before = convertedBefore(storedBefore(old, context), object.apiVersion, served);
  if ('code' in before) return before;
  const { written, stored } = before;
  const elsewhere = checkUrl(decoded.object, stored, served);
  if (elsewhere !== undefined) return elsewhere;
  const uid = nameAt(decoded.object, 'metadata', 'uid');
  if (uid !== undefined && uid !== nameAt(stored, 'metadata', 'uid')) return wrongUid(decoded.object, served, uid);
  const { strategy } = served;
  const modified = strategy?.toHub?.(decoded.object) ?? decoded.object;
  const schema = served.custom ? undefined : schemaOf(groupVersionKindOf(modified));
  const changed = applyOver({ original: written, modified, current: stored }, schema);
  const ready = keepServerMetadata(metadataOfRequest(changed, served.namespaced, 'keep'), stored);
  const defaulted = strategy ? strategy.setDefaults(ready) : ready;
  const prepared = strategy?.prepareForUpdate?.(defaulted, stored) ?? keepStatus(defaulted, stored, served);
  const structure = strategy ? [] : structureFieldErrors(decoded.structure);
  const errors = updateErrors(prepared, stored, served, structure);
  const warnings = warningsAtArrival(decoded.object, served);
  if (errors.length > 0) return invalidObject(served.kind, nameOf(ready), errors, warnings);
  return accepted(200, inVersion(object.apiVersion, prepared, served), [
    ...warnings,
    ...warningsOnceStored(prepared, served, stored),
  ]);
}

interface Before {
  /** The old manifest, decoded, in the version that is validated. */
  readonly written: KubernetesObject;
  /** What the cluster made of it. */
  readonly stored: KubernetesObject;
}

/** An object with a uid or a generation came from a cluster; any other is made what a cluster would have made of it. */
function storedBefore(old: KubernetesObject, context: JudgeContext): Before {
  const served = servedKindOf(old, context);
  if (isVerdict(served)) return { written: old, stored: old };
  const decoded = served.decode(old);
  if (!decoded.ok) return { written: old, stored: metadataOfRequest(old, served.namespaced, 'keep') };
  const { strategy } = served;
  const written = strategy?.toHub?.(decoded.object) ?? decoded.object;
  const ready = metadataOfRequest(written, served.namespaced, 'keep');
  if (nameAt(old, 'metadata', 'uid') !== undefined || numberAt(old, 'metadata', 'generation') !== undefined)
    return { written, stored: strategy ? strategy.setDefaults(ready) : ready };
  const created = prepare(ready, served);
  const status = valueAt(old, 'status');
  const allocated = strategy?.allocate?.(created) ?? created;
  return { written, stored: status === undefined ? allocated : { ...allocated, status } };
}

/**
 * What was there before in the version in which a custom resource is written now: without a webhook a conversion changes
 * the apiVersion alone, and the schema of the version says what is left of the rest.
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apiserver/conversion/nop_converter.go, 1.36.
 */
function convertedBefore(before: Before, apiVersion: string, { custom, kind, strategy }: ServedKind): Before | Verdict {
  if (custom?.source === undefined || before.stored.apiVersion === apiVersion) return before;
  const conversion = nameAt(custom.definition, 'spec', 'conversion', 'strategy') ?? 'None';
  if (conversion !== 'None') {
    const versions = `from ${before.stored.apiVersion} to ${apiVersion}`;
    return unknown(`only the webhook that converts ${kind.kind} ${versions} can tell what the stored object becomes`);
  }
  const schema = structuralSchema(custom.source);
  const stored = prune({ ...before.stored, apiVersion }, schema, true).value;
  return { written: { ...before.written, apiVersion }, stored: strategy?.setDefaults(stored) ?? stored };
}

/** The object as an update stores it: a kind with a status of its own keeps the old one. */
export function keepStatus(object: KubernetesObject, old: KubernetesObject, served: ServedKind): KubernetesObject {
  const ignores = served.strategy ? served.strategy.hasStatus : served.schema.ignoresStatus;
  if (!ignores) return object;
  const status = valueAt(old, 'status');
  const bare = withoutStatus(object);
  return status === undefined ? bare : { ...bare, status };
}

/**
 * What an update is refused for: first what every kind is asked about its metadata, then what the kind asks.
 * Source: staging/src/k8s.io/apiserver/pkg/registry/rest/update.go `BeforeUpdate`, `validateCommonFields`, 1.36.
 */
function updateErrors(
  object: KubernetesObject,
  old: KubernetesObject,
  { namespaced, metadataRules, strategy }: ServedKind,
  structure: readonly FieldError[],
): readonly FieldError[] {
  const rules = metadataRules(object);
  if (rules === undefined) return structure;
  const [metadata, oldMetadata] = [valueAt(object, 'metadata'), valueAt(old, 'metadata')];
  const steps: Readonly<Record<UpdateStep, () => readonly FieldError[]>> = {
    metadata: () => validateObjectMeta(metadata, { ...rules, namespaced }),
    metadataChange: () => validateObjectMetaUpdate(metadata, oldMetadata, rules),
    validate: () => strategy?.validate(strategy.asAdmitted?.(object) ?? object, old) ?? structure,
    validateUpdate: () => strategy?.validateUpdate?.(object, old) ?? [],
  };
  return [
    ...validateObjectMeta(metadata, { ...COMMON_RULES, namespaced }),
    ...validateObjectMetaUpdate(metadata, oldMetadata, COMMON_RULES),
    ...rules.update.flatMap((step) => steps[step]()),
  ];
}

/** An update is sent to the URL of the old object. */
function checkUrl(
  object: KubernetesObject,
  old: KubernetesObject,
  { namespaced, warnings }: ServedKind,
): Verdict | undefined {
  const wrong = besideUrl(object, { name: nameOf(old), namespace: namespaceOf(old) }, namespaced);
  if (wrong === undefined) return undefined;
  const { field, message } = wrong;
  const error = { path: ['metadata', field], field: `metadata.${field}`, message };
  return refused(400, 'BadRequest', message, [error], warnings);
}

/**
 * Why an object is not the one that the URL names.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/update.go `UpdateResource` and rest.go `checkName`, 1.36.
 */
export function besideUrl(
  object: KubernetesObject,
  url: { readonly name: string; readonly namespace: string | undefined },
  isNamespaced: boolean,
): { readonly field: 'name' | 'namespace'; readonly message: string } | undefined {
  const namespace = isNamespaced ? namespaceOf(object) : undefined;
  if (namespace !== undefined && namespace !== url.namespace) {
    const message = 'the namespace of the provided object does not match the namespace sent on the request';
    return { field: 'namespace', message };
  }
  const name = nameOf(object);
  if (name === url.name) return undefined;
  const message =
    name === ''
      ? `the name of the object (${url.name} based on URL) was undeterminable: name must be provided`
      : `the name of the object (${name}) does not match the name on the URL (${url.name})`;
  return { field: 'name', message };
}

function wrongUid(object: KubernetesObject, served: ServedKind, uid: string): Verdict {
  const message = `Operation cannot be fulfilled on ${served.kind.kind} ${quoteString(nameOf(object))}: Precondition failed: UID in precondition: ${uid}`;
  return refused(409, 'Conflict', message, [{ path: ['metadata', 'uid'], field: 'metadata.uid', message }]);
}

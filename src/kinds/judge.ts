import type { FieldError } from '../apimachinery/field-error.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { nameOf } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import type { Path } from '../base/json.ts';
import { nameAt, valueAt } from '../base/json.ts';
import { decodeStrictly } from '../openapi/decode.ts';
import { COMMON_RULES } from './metadata-rules.ts';
import type { MetadataRules } from './metadata-rules.ts';
import { isVerdict, servedKindOf } from './served-kind.ts';
import type { JudgeContext, ServedKind } from './served-kind.ts';
import { keepServerMetadata, metadataOfRequest } from './server-metadata.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from './shared/validation/object-meta.ts';
import { structureFieldErrors } from './structure-field-errors.ts';
import type { Verdict } from './verdict.ts';
import { accepted, invalidObject, refused } from './verdict.ts';

/** What the text of a manifest says and its object does not. */
export interface WrittenFacts {
  /** Fields that stand twice. */
  readonly repeated?: readonly Path[];
}

/**
 * What an API server of the release answers when it is asked to create the object, with strict field validation and
 * nothing else in the cluster: is the kind served, does the object decode, and, once defaulted, is it valid? What needs
 * other objects (quota, default classes, existing names) is admission and no part of it. Schemas and strategies of the
 * object's kind are loaded.
 */
export function judge(object: KubernetesObject, context: JudgeContext, facts: WrittenFacts = {}): Verdict {
  const served = servedKindOf(object, context);
  if (isVerdict(served)) return served;
  const decoded = decodeStrictly(object, served.schema, facts.repeated);
  if (!decoded.ok) return cannotDecode(served, decoded);
  const ready = metadataOfRequest(decoded.object, served.namespaced);
  const prepared = prepare(ready, served);
  const { strategy } = served;
  const rules = served.metadataRules(prepared);
  const own = strategy ? strategy.validate(prepared) : structureFieldErrors(decoded.structure, served.schema);
  const errors = withMetadata(own, prepared, rules, served.namespaced);
  if (errors.length > 0) return invalidObject(served.kind, nameOf(ready), errors, served.warnings);
  return accepted(201, prepared, [...served.warnings, ...(strategy?.warnings?.(prepared) ?? [])]);
}

/** What an API server answers when `object` is put in the place of `old`, which it accepted before. */
export function judgeUpdate(
  object: KubernetesObject,
  old: KubernetesObject,
  context: JudgeContext,
  facts: WrittenFacts = {},
): Verdict {
  const served = servedKindOf(object, context);
  if (isVerdict(served)) return served;
  const decoded = decodeStrictly(object, served.schema, facts.repeated);
  if (!decoded.ok) return cannotDecode(served, decoded);
  const before = storedBefore(old, context);
  const uid = nameAt(decoded.object, 'metadata', 'uid');
  if (uid !== undefined && uid !== nameAt(before, 'metadata', 'uid')) return wrongUid(decoded.object, served, uid);
  const ready = keepServerMetadata(metadataOfRequest(decoded.object, served.namespaced), before);
  const { strategy } = served;
  const defaulted = strategy ? strategy.setDefaults(strategy.toHub?.(ready) ?? ready) : ready;
  const prepared = strategy?.prepareForUpdate?.(defaulted, before) ?? keepStatus(defaulted, before, served);
  const own = strategy
    ? [...strategy.validate(prepared, before), ...(strategy.validateUpdate?.(prepared, before) ?? [])]
    : structureFieldErrors(decoded.structure, served.schema);
  const errors = [...metadataUpdateErrors(prepared, before, served), ...own];
  if (errors.length > 0) return invalidObject(served.kind, nameOf(ready), errors, served.warnings);
  return accepted(200, prepared, [...served.warnings, ...(strategy?.warnings?.(prepared, before) ?? [])]);
}

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go `transformDecodeError`, 1.36. */
function cannotDecode(
  { kind: { kind }, version, warnings }: ServedKind,
  { message, errors }: { readonly message: string; readonly errors: Parameters<typeof refused>[3] },
): Verdict {
  const sentence = `${kind} in version ${quoteString(version)} cannot be handled as a ${kind}: ${message}`;
  return refused(400, 'BadRequest', sentence, errors, warnings);
}

/** Defaults filled in, and what a client may not set taken away. */
function prepare(object: KubernetesObject, { strategy, schema }: ServedKind): KubernetesObject {
  if (!strategy) return schema.ignoresStatus ? withoutStatus(object) : object;
  const defaulted = strategy.setDefaults(strategy.toHub?.(object) ?? object);
  if (strategy.prepareForCreate) return strategy.prepareForCreate(defaulted);
  return strategy.hasStatus ? withoutStatus(defaulted) : defaulted;
}

function withoutStatus(object: KubernetesObject): KubernetesObject {
  if (!Object.hasOwn(object, 'status')) return object;
  const { status: _, ...rest } = object;
  return rest as KubernetesObject;
}

function keepStatus(object: KubernetesObject, old: KubernetesObject, served: ServedKind): KubernetesObject {
  const ignores = served.strategy ? served.strategy.hasStatus : served.schema.ignoresStatus;
  if (!ignores) return object;
  const status = valueAt(old, 'status');
  const bare = withoutStatus(object);
  return status === undefined ? bare : { ...bare, status };
}

/** The metadata is judged first, or last, and only where nothing else is wrong. */
function withMetadata(
  own: readonly FieldError[],
  object: KubernetesObject,
  rules: MetadataRules | undefined,
  namespaced: boolean,
): readonly FieldError[] {
  if (rules === undefined || (rules.last && own.length > 0)) return own;
  return [...validateObjectMeta(valueAt(object, 'metadata'), { ...rules, namespaced }), ...own];
}

/** Source: staging/src/k8s.io/apiserver/pkg/registry/rest/update.go `validateCommonFields`, 1.36. */
function metadataUpdateErrors(
  object: KubernetesObject,
  old: KubernetesObject,
  { namespaced, metadataRules }: ServedKind,
): readonly FieldError[] {
  const rules = metadataRules(object);
  if (rules === undefined) return [];
  const [metadata, oldMetadata] = [valueAt(object, 'metadata'), valueAt(old, 'metadata')];
  return [
    ...validateObjectMeta(metadata, { ...COMMON_RULES, namespaced }),
    ...validateObjectMetaUpdate(metadata, oldMetadata, { standardFinalizers: false }),
    ...(rules.last ? [] : validateObjectMetaUpdate(metadata, oldMetadata, rules)),
  ];
}

/** The old object as it is stored: in the version that is validated, defaulted. */
function storedBefore(old: KubernetesObject, context: JudgeContext): KubernetesObject {
  const served = servedKindOf(old, context);
  if (isVerdict(served)) return old;
  const decoded = decodeStrictly(old, served.schema);
  const ready = metadataOfRequest(decoded.ok ? decoded.object : old, served.namespaced, 'keep');
  const { strategy } = served;
  return strategy && decoded.ok ? strategy.setDefaults(strategy.toHub?.(ready) ?? ready) : ready;
}

function wrongUid(object: KubernetesObject, served: ServedKind, uid: string): Verdict {
  const message = `Operation cannot be fulfilled on ${served.kind.kind} ${quoteString(nameOf(object))}: Precondition failed: UID in precondition: ${uid}`;
  return refused(409, 'Conflict', message, [{ path: ['metadata', 'uid'], field: 'metadata.uid', message }]);
}

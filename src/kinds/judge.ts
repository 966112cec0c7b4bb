import { withoutStatus } from './shared/status.ts';
import type { FieldError } from '../apimachinery/field-error.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { metadataOf, nameOf } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import type { Path } from '../base/json.ts';
import { valueAt } from '../base/json.ts';
import { printedByGo } from '../openapi/go-json.ts';
import type { MetadataRules } from './metadata-rules.ts';
import { warningsAtArrival, warningsOnceStored } from './request-warnings.ts';
import type { ClusterFacts } from './strategy.ts';
import { isVerdict, servedKindOf } from './served-kind.ts';
import type { JudgeContext, ServedKind } from './served-kind.ts';
import { metadataOfRequest } from './server-metadata.ts';
import { validateObjectMeta } from './shared/validation/object-meta.ts';
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
  const decoded = served.decode(object, facts.repeated);
  if (!decoded.ok) return cannotDecode(served, decoded);
  const ready = metadataOfRequest(decoded.object, served.namespaced);
  const prepared = prepare(ready, served);
  const { strategy } = served;
  const rules = served.metadataRules(prepared);
  const own = strategy
    ? strategy.validate(strategy.asAdmitted?.(prepared) ?? prepared)
    : structureFieldErrors(decoded.structure);
  const errors = withMetadata(own, prepared, rules, served.namespaced);
  const warnings = warningsAtArrival(decoded.object, served);
  if (errors.length > 0) return invalidObject(served.kind, nameOf(ready), errors, warnings);
  return accepted(201, inVersion(ready.apiVersion, prepared, served), [
    ...warnings,
    ...warningsOnceStored(prepared, served),
  ]);
}

/** The stored object as the client reads it: in the version that it wrote, printed as Go prints it. */
export function inVersion(
  apiVersion: string,
  object: KubernetesObject,
  { strategy, schema }: ServedKind,
): KubernetesObject {
  return printedByGo(strategy?.fromHub?.(object, apiVersion) ?? object, schema) as KubernetesObject;
}

/** Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go `transformDecodeError`, 1.36. */
export function cannotDecode(
  { kind: { kind }, version, warnings }: ServedKind,
  { message, errors }: { readonly message: string; readonly errors: Parameters<typeof refused>[3] },
): Verdict {
  const sentence = `${kind} in version ${quoteString(version)} cannot be handled as a ${kind}: ${message}`;
  return refused(400, 'BadRequest', sentence, errors, warnings);
}

/** Defaults filled in, and what a client may not set taken away. */
export function prepare(
  object: KubernetesObject,
  { strategy, schema }: ServedKind,
  cluster?: ClusterFacts,
): KubernetesObject {
  if (!strategy) return withoutGeneration(schema.ignoresStatus ? withoutStatus(object) : object);
  const counted = strategy.hasGeneration ? withoutGeneration(object) : object;
  const defaulted = strategy.setDefaults(strategy.toHub?.(counted) ?? counted);
  if (strategy.prepareForCreate) return strategy.prepareForCreate(defaulted, cluster);
  return strategy.hasStatus ? withoutStatus(defaulted) : defaulted;
}

/** A new object of a kind whose generations are counted is of the first one, whatever the client says. */
function withoutGeneration(object: KubernetesObject): KubernetesObject {
  const { generation, ...rest } = metadataOf(object) ?? {};
  return generation === undefined ? object : { ...object, metadata: rest };
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

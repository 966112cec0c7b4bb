import { validateLabelKey } from '../apimachinery/label-names.ts';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { quoteString } from '../apimachinery/quoted-string.ts';
import { compareStrings } from '../base/compare.ts';
import type { JsonValue } from '../base/json.ts';
import { arrayAt, jsonEqual, stringAt } from '../base/json.ts';
import type { ServedKind } from './served-kind.ts';
import { STANDARD_FINALIZERS } from './shared/validation/finalizers.ts';

/** Warnings that a request is answered with whatever becomes of the object: of its version, of repeated owners. */
export function warningsAtArrival(written: KubernetesObject, { warnings }: ServedKind): readonly string[] {
  const { repeated } = distinctOwners(written);
  if (repeated.length === 0) return warnings;
  const uids = repeated.map((owner) => stringAt(owner, 'uid') ?? '').join(', ');
  return [
    ...warnings,
    `.metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: ${uids}`,
  ];
}

/**
 * The owners of an object without those that stand there twice, word for word.
 * Source: staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go `dedupOwnerReferences`, 1.36.
 */
export function distinctOwners(object: KubernetesObject): {
  readonly owners: readonly JsonValue[];
  readonly repeated: readonly JsonValue[];
} {
  const owners: JsonValue[] = [];
  const repeated: JsonValue[] = [];
  for (const owner of arrayAt(object, 'metadata', 'ownerReferences')) {
    (owners.some((other) => jsonEqual(other, owner)) ? repeated : owners).push(owner);
  }
  return { owners, repeated };
}

/** Warnings about what is stored: the strategy's, or of a custom resource. The same words are told once. */
export function warningsOnceStored(
  object: KubernetesObject,
  { strategy, custom }: ServedKind,
  old?: KubernetesObject,
): readonly string[] {
  if (strategy?.warnings) return [...new Set(strategy.warnings(object, old))];
  return custom === undefined ? [] : finalizerWarnings(object, old);
}

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/{strategy,validator}.go, 1.36. */
function finalizerWarnings(object: KubernetesObject, old: KubernetesObject | undefined): readonly string[] {
  const before = new Set(arrayAt(old, 'metadata', 'finalizers').map(String));
  const added = [...new Set(arrayAt(object, 'metadata', 'finalizers').map(String))].filter((name) => !before.has(name));
  return added.sort(compareStrings).flatMap((name) => {
    const start = `metadata.finalizers: ${quoteString(name)}: `;
    const wrong = validateLabelKey(name).map((message) => `${start}${message}`);
    if (name.includes('/') || STANDARD_FINALIZERS.has(name)) return wrong;
    const path = name.includes('.') ? ' including a path (/)' : '';
    const advice = `prefer a domain-qualified finalizer name${path} to avoid accidental conflicts with other finalizer writers`;
    return [...wrong, `${start}${advice}`];
  });
}

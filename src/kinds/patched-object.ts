import type { KubernetesObject } from '../apimachinery/object.ts';
import { isKubernetesObject } from '../apimachinery/object.ts';
import { findAtomics } from '../apimachinery/patch/server-side-apply/find-atomics.ts';
import { mergeTyped } from '../apimachinery/patch/server-side-apply/merge-typed.ts';
import { formatTypedErrors, validateTyped } from '../apimachinery/patch/server-side-apply/validate-typed.ts';
import { attempt } from '../apimachinery/patch/patch-result.ts';
import { anySchema } from '../apimachinery/patch/patch-schema.ts';
import type { JsonObject } from '../base/json.ts';
import { withoutPath } from '../base/without-path.ts';
import { patchSchemaOf } from '../openapi/patch-schema.ts';
import type { JudgeContext } from './served-kind.ts';
import { isVerdict, servedKindOf } from './served-kind.ts';

/** An object after a patch, or why there is none, in the server's words. */
export type Patched =
  | { readonly ok: true; readonly object: KubernetesObject }
  | { readonly ok: false; readonly message: string };

const failed = (message: string): Patched => ({ ok: false, message });

/** What a patch made of an object, decoded with strict field validation. */
export function decodePatched(object: KubernetesObject, context: JudgeContext): Patched {
  const served = servedKindOf(object, context);
  if (isVerdict(served)) return { ok: true, object };
  const decoded = served.decode(object);
  return decoded.ok ? { ok: true, object: decoded.object } : failed(decoded.message);
}

/** The same where fields that the kind does not know are dropped. */
export function decodePatchedLoosely(object: KubernetesObject, context: JudgeContext): Patched {
  const served = servedKindOf(object, context);
  if (isVerdict(served)) return { ok: true, object };
  for (let current = object; ;) {
    const decoded = served.decode(current);
    if (decoded.ok) return { ok: true, object: decoded.object };
    if (!decoded.strict) return failed(decoded.message);
    current = decoded.errors.reduce((made, { path }) => withoutPath(made, path) as KubernetesObject, current);
  }
}

/** The object with all defaults, in the version that is validated. */
export function defaultedObject(object: KubernetesObject, context: JudgeContext): KubernetesObject {
  const served = servedKindOf(object, context);
  const strategy = isVerdict(served) ? undefined : served.strategy;
  return strategy === undefined ? object : strategy.setDefaults(strategy.toHub?.(object) ?? object);
}

/**
 * A configuration laid over an object as server-side apply does, but owned by nobody, and without fields that are owned as a
 * whole. Source: staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch/smd.go
 * `ApplyStructuredMergeDiff`, 1.36.2.
 */
export function mergeConfiguration(live: KubernetesObject, config: JsonObject, context: JudgeContext): Patched {
  const served = servedKindOf(live, context);
  const schema = isVerdict(served) ? anySchema('granular') : patchSchemaOf(served.schema);
  const wrong = validateTyped(config, schema, false);
  if (wrong.length > 0) return failed(`failed to convert patch object to typed object: ${formatTypedErrors(wrong)}`);
  const atomics = findAtomics(config, schema);
  if (atomics.length > 0)
    return failed(`invalid ApplyConfiguration: may not mutate atomic arrays, maps or structs: ${atomics.join(', ')}`);
  const broken = validateTyped(live, schema, true);
  if (broken.length > 0)
    return failed(`failed to convert original object to typed object: ${formatTypedErrors(broken)}`);
  const merged = attempt(() => mergeTyped(live, config, schema));
  if (!merged.ok) return failed(`failed to merge patch: ${merged.message}`);
  return isKubernetesObject(merged.value) ? { ok: true, object: merged.value } : failed('failed to merge patch');
}

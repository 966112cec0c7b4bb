import type { FieldError } from '../../../../apimachinery/field-error.ts';
import { forbidden, invalid } from '../../../../apimachinery/field-error.ts';
import { computeQosClass, qosClassOf } from '../../../../apimachinery/qos-class.ts';
import { ValidationPath } from '../../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { arrayAt, asObject, objectAt, valueAt } from '../../../../base/json.ts';
import { NONE, textAt } from '../../validation/fields.ts';
import { semanticEqual } from '../../validation/semantic-equal.ts';
import { validatePodMetadataAndSpec } from './pod.ts';
import type { PodValidationOptions } from './pod-validation-options.ts';
import { MIRROR } from './pod-ephemeral-containers.ts';

const SPEC = ValidationPath.of('spec');
const WHOLE = ValidationPath.of('');
const LISTS = ['initContainers', 'containers'] as const;
const RESIZABLE = ['cpu', 'memory'] as const;

/**
 * What a resize of a Pod may not change, metadata aside.
 * Source: pkg/apis/core/validation/validation.go `ValidatePodResize`, 1.36 (its gates as they are by default).
 */
export function validatePodResize(
  pod: JsonValue,
  old: JsonValue,
  options: PodValidationOptions,
): readonly FieldError[] {
  if (valueAt(old, 'metadata', 'annotations', MIRROR) !== undefined)
    return [forbidden(WHOLE, 'static pods cannot be resized')];
  if (textAt(old, 'spec', 'os', 'name') === 'windows') return [forbidden(WHOLE, 'windows pods cannot be resized')];
  const [spec, oldSpec] = [objectAt(pod, 'spec') ?? {}, objectAt(old, 'spec') ?? {}];
  const errors = [
    ...validatePodMetadataAndSpec(pod, options),
    ...validateClass(pod, old),
    ...validatePodLevel(spec, oldSpec),
  ];
  if (arrayAt(old, 'status', 'nodeAllocatableResourceClaimStatuses').length > 0)
    errors.push(forbidden(SPEC, 'pods with node allocatable resource claims cannot be resized'));
  const order = LISTS.toReversed().flatMap((list) => validateOrder(arrayAt(spec, list), arrayAt(oldSpec, list), list));
  if (order.length > 0) return [...errors, ...order];
  for (const list of LISTS)
    for (const [index, container] of arrayAt(spec, list).entries())
      errors.push(
        ...validateNotRemoved(
          valueAt(container, 'resources'),
          valueAt(oldSpec, list, index, 'resources'),
          SPEC.child(list).index(index).child('resources'),
          ['resource requests cannot be removed', 'resource limits cannot be removed'],
        ),
      );
  errors.push(...validateOnlyResources(spec, oldSpec));
  if (errors.length > 0) return errors;
  const unchanged = {
    ...spec,
    resources: maskedPodResources(spec['resources'], oldSpec['resources']),
    containers: oldSpec['containers'],
    initContainers: oldSpec['initContainers'],
  };
  return semanticEqual(unchanged, oldSpec) ? NONE : [forbidden(SPEC, 'only cpu and memory resources are mutable')];
}

function validateClass(pod: JsonValue, old: JsonValue): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (qosClassOf(old) !== computeQosClass(pod))
    errors.push(
      invalid(SPEC, textAt(pod, 'status', 'qosClass'), 'Pod QOS Class may not change as a result of resizing'),
    );
  const running = arrayAt(old, 'status', 'containerStatuses').find(
    (status) => valueAt(status, 'state', 'running') !== undefined,
  );
  if (running !== undefined && valueAt(running, 'resources') === undefined)
    errors.push(forbidden(SPEC, 'Pod running on node without support for resize'));
  return errors;
}

function hasResources(spec: JsonObject): boolean {
  return ['requests', 'limits'].some((list) => Object.keys(objectAt(spec, 'resources', list) ?? {}).length > 0);
}

function validatePodLevel(spec: JsonObject, old: JsonObject): readonly FieldError[] {
  if (!hasResources(spec) && !hasResources(old)) return NONE;
  const path = SPEC.child('resources');
  const [now, before] = [spec['resources'], old['resources']];
  if (before !== undefined && now === undefined) return [forbidden(path, 'pod-level resources cannot be removed')];
  const removed = validateNotRemoved(now, before, path, [
    'pod-level resource requests cannot be removed',
    'pod-level resource limits cannot be removed',
  ]);
  const isSame = semanticEqual(maskedPodResources(now, before), before, 'resources');
  return isSame ? removed : [...removed, forbidden(SPEC, 'only cpu and memory resources are mutable at pod-level')];
}

/** Containers may not be added, removed, renamed or set in another order. */
function validateOrder(
  containers: readonly JsonValue[],
  old: readonly JsonValue[],
  list: string,
): readonly FieldError[] {
  const path = SPEC.child(list);
  if (containers.length !== old.length) return [forbidden(path, `${list} may not be added or removed on resize`)];
  return containers.flatMap((container, index) =>
    textAt(container, 'name') === textAt(old[index], 'name')
      ? NONE
      : [forbidden(path.index(index).child('name'), `${list} may not be renamed or reordered on resize`)],
  );
}

function validateNotRemoved(
  resources: JsonValue | undefined,
  old: JsonValue | undefined,
  path: ValidationPath,
  words: readonly [requests: string, limits: string],
): readonly FieldError[] {
  return (['requests', 'limits'] as const).flatMap((list, index) => {
    const before = Object.keys(objectAt(old, list) ?? {});
    const now = objectAt(resources, list) ?? {};
    return before.some((name) => now[name] === undefined) ? [forbidden(path.child(list), words[index] ?? '')] : NONE;
  });
}

function validateOnlyResources(spec: JsonObject, old: JsonObject): readonly FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, container] of arrayAt(spec, 'containers').entries())
    if (!isSameButResizable(container, valueAt(old, 'containers', index)))
      errors.push(forbidden(SPEC, 'only cpu and memory resources are mutable'));
  for (const [index, container] of arrayAt(spec, 'initContainers').entries()) {
    const path = SPEC.child('initContainers').index(index);
    const before = valueAt(old, 'initContainers', index);
    if (!isSameButResizable(container, before))
      errors.push(forbidden(path, 'only cpu and memory resources for init or sidecar containers are mutable'));
    if (semanticEqual(container, before) || textAt(container, 'restartPolicy') === 'Always') continue;
    for (const policy of arrayAt(container, 'resizePolicy'))
      if (textAt(policy, 'restartPolicy') === 'RestartContainer')
        errors.push(
          forbidden(path, 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized'),
        );
  }
  return errors;
}

function isSameButResizable(container: JsonValue, old: JsonValue | undefined): boolean {
  const [now, before] = [objectAt(container, 'resources'), objectAt(old, 'resources')];
  const resources = {
    limits: masked(now?.['limits'], before?.['limits']),
    requests: masked(now?.['requests'], before?.['requests']),
  };
  const claims = before?.['claims'];
  const rest = claims === undefined || claims === null ? resources : { ...resources, claims: null };
  // A container always has resources, if only empty ones.
  const isEmpty = before === undefined && Object.values(resources).every((list) => Object.keys(list).length === 0);
  const { resources: _, ...others } = asObject(container) ?? {};
  return semanticEqual(isEmpty ? others : { ...others, resources: rest }, old);
}

/** A list of resources with the cpu and memory of another. */
function masked(list: JsonValue | undefined, old: JsonValue | undefined): JsonObject {
  const [now, before] = [asObject(list) ?? {}, asObject(old) ?? {}];
  const others = Object.entries(now).filter(([name]) => !(RESIZABLE as readonly string[]).includes(name));
  const kept = RESIZABLE.flatMap((name) => (before[name] === undefined ? [] : [[name, before[name]] as const]));
  return Object.fromEntries([...others, ...kept]);
}

function maskedPodResources(now: JsonValue | undefined, old: JsonValue | undefined): JsonValue | undefined {
  const resources = asObject(now);
  if (resources === undefined) return undefined;
  const [requests, limits] = (['requests', 'limits'] as const).map((list) =>
    masked(resources[list], valueAt(old, list)),
  ) as [JsonObject, JsonObject];
  const isEmpty = [requests, limits].every((list) => Object.keys(list).length === 0);
  if (old === undefined && isEmpty && arrayAt(resources, 'claims').length === 0) return undefined;
  return { ...resources, requests, limits };
}

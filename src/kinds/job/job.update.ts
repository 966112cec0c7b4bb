import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid } from '../../apimachinery/field-error.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { arrayAt, asObject, jsonEqual, objectAt, step, stringMapAt, valueAt } from '../../base/json.ts';
import { shownPodFailurePolicy } from '../shared/job-spec/pod-failure-policy.ts';
import { shownSuccessPolicy } from '../shared/job-spec/success-policy.ts';
import { shownPodSpec, shownPodTemplate } from '../shared/pod-spec/shown-pod-spec.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import { NONE, integerAt, optionalIntegerAt, textAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { hasInvalidLabelValue } from '../shared/validation/label-selector.ts';
import { shownLabelSelector } from '../shared/validation/shown-values.ts';
import { CONTROLLER_UID, JOB_NAME } from './job.selector.ts';
import type { JobValidationOptions } from './job.validation.ts';
import { validateJobSpec } from './job.validation.ts';

const SPEC = ValidationPath.of('spec');

/** What the old Job allows. Source: pkg/registry/batch/job/strategy.go `validationOptionsForJob`, 1.36. */
export function jobUpdateOptions(old: KubernetesObject): JobValidationOptions {
  const template = valueAt(old, 'spec', 'template');
  const labels = stringMapAt(template, 'metadata', 'labels');
  const pod = podTemplateValidationOptions(template);
  const mutable = isTemplateMutable(old);
  return {
    pod: hasInvalidLabelValue(valueAt(old, 'spec', 'selector'))
      ? { ...pod, allowInvalidLabelValueInSelector: true }
      : pod,
    requirePrefixedLabels: labels.has(JOB_NAME) && labels.has(CONTROLLER_UID),
    allowMutableSchedulingDirectives: mutable,
    allowMutablePodResources: mutable,
  };
}

/** While a Job is suspended and has no Pods. */
function isTemplateMutable(job: KubernetesObject): boolean {
  const status = valueAt(job, 'status');
  const isSuspended = arrayAt(status, 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Suspended' && textAt(condition, 'status') === 'True',
  );
  const notStarted = textAt(status, 'startTime') === '';
  return valueAt(job, 'spec', 'suspend') === true && (notStarted || isSuspended) && integerAt(status, 'active') === 0;
}

/** Source: pkg/apis/batch/validation/validation.go `ValidateJobSpecUpdate`, 1.36; it looks at the whole spec once more. */
export function validateJobUpdate(
  job: KubernetesObject,
  old: KubernetesObject,
  options: JobValidationOptions,
): readonly FieldError[] {
  const [spec, oldSpec] = [valueAt(job, 'spec'), valueAt(old, 'spec')];
  const immutable = (field: string, show?: (value: JsonValue | undefined) => JsonValue) => {
    const value = valueAt(spec, field);
    return validateImmutableField(value, valueAt(oldSpec, field), SPEC.child(field), show?.(value));
  };
  return [
    ...validateJobSpec(spec, options),
    ...validateCompletions(spec, oldSpec),
    ...immutable('selector', shownLabelSelector),
    ...validateTemplate(spec, oldSpec, options),
    ...immutable('completionMode'),
    ...immutable('podFailurePolicy', shownPodFailurePolicy),
    ...immutable('backoffLimitPerIndex'),
    ...immutable('managedBy'),
    ...immutable('successPolicy', shownSuccessPolicy),
  ];
}

/** The completions of an Indexed Job can change, together with its parallelism. */
function validateCompletions(spec: JsonValue | undefined, old: JsonValue | undefined): readonly FieldError[] {
  const completions = optionalIntegerAt(spec, 'completions');
  const before = optionalIntegerAt(old, 'completions');
  const path = SPEC.child('completions');
  if (textAt(spec, 'completionMode') !== 'Indexed') return validateImmutableField(completions, before, path);
  if (completions === before || completions === undefined || completions === integerAt(spec, 'parallelism'))
    return NONE;
  return [invalid(path, completions, 'can only be modified in tandem with spec.parallelism')];
}

function validateTemplate(
  spec: JsonValue | undefined,
  oldSpec: JsonValue | undefined,
  options: JobValidationOptions,
): readonly FieldError[] {
  const template = objectAt(spec, 'template') ?? {};
  const written = objectAt(oldSpec, 'template') ?? {};
  const old = options.allowMutableSchedulingDirectives ? withSchedulingOf(template, written) : written;
  const path = SPEC.child('template');
  if (valueAt(oldSpec, 'suspend') !== true || !options.allowMutablePodResources) {
    return validateImmutableField(template, old, path, shownPodTemplate(template));
  }
  const podSpec = objectAt(template, 'spec') ?? {};
  const before = withResourcesOf(podSpec, objectAt(old, 'spec') ?? {});
  return validateImmutableField(podSpec, before, path.child('spec'), shownPodSpec(podSpec));
}

/** The old template with what says where Pods run, and its labels and annotations, taken from the new one. */
function withSchedulingOf(template: JsonObject, old: JsonObject): JsonObject {
  const spec = objectAt(template, 'spec') ?? {};
  const oldSpec = objectAt(old, 'spec') ?? {};
  return {
    ...old,
    metadata: taking(objectAt(old, 'metadata') ?? {}, objectAt(template, 'metadata'), ['annotations', 'labels']),
    spec: {
      ...taking(oldSpec, spec, ['nodeSelector', 'tolerations', 'schedulingGates']),
      affinity: affinityWithNodeAffinityOf(asObject(step(spec, 'affinity')), asObject(step(oldSpec, 'affinity'))),
    },
  };
}

function taking(old: JsonObject, from: JsonObject | undefined, fields: readonly string[]): JsonObject {
  return { ...old, ...Object.fromEntries(fields.map((field) => [field, step(from, field)])) };
}

function affinityWithNodeAffinityOf(
  affinity: JsonObject | undefined,
  old: JsonObject | undefined,
): JsonObject | undefined {
  const { nodeAffinity: _, ...rest } = old ?? {};
  if (affinity === undefined) return Object.keys(rest).length === 0 ? undefined : rest;
  const nodeAffinity = step(affinity, 'nodeAffinity');
  return nodeAffinity === undefined ? rest : { ...rest, nodeAffinity };
}

/** The old Pod spec with the resources of the new one, where their containers are the same by place and name. */
function withResourcesOf(podSpec: JsonObject, old: JsonObject): JsonObject {
  return {
    ...old,
    containers: containersWithResourcesOf(arrayAt(podSpec, 'containers'), arrayAt(old, 'containers')),
    initContainers: containersWithResourcesOf(arrayAt(podSpec, 'initContainers'), arrayAt(old, 'initContainers')),
  };
}

function containersWithResourcesOf(containers: readonly JsonValue[], old: readonly JsonValue[]): readonly JsonValue[] {
  if (containers.length !== old.length) return old;
  return old.map((container, index) => {
    const same = jsonEqual(step(container, 'name'), step(containers[index], 'name'));
    return same ? { ...asObject(container), resources: step(containers[index], 'resources') } : container;
  });
}

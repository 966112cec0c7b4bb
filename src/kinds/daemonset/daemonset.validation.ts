import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { intOrStringOf } from '../../apimachinery/int-or-string.ts';
import { parseInt64 } from '../../apimachinery/int64.ts';
import { matchesLabels, parseLabelSelector } from '../../apimachinery/label-selector.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { annotationsOf } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { stringMapAt, valueAt } from '../../base/json.ts';
import { validatePodTemplateSpec } from '../shared/pod-spec/validation/pod-template-spec.ts';
import { podTemplateValidationOptions } from '../shared/pod-spec/validation/pod-validation-options-of.ts';
import { NONE, integerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import {
  intOrPercentValueOf,
  validateNotMoreThan100Percent,
  validatePositiveIntOrPercent,
} from '../shared/validation/int-or-percent.ts';
import { hasInvalidLabelValue, validateLabelSelector } from '../shared/validation/label-selector.ts';
import { validateNonnegative } from '../shared/validation/numbers.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { shownLabelSelector, shownMap } from '../shared/validation/shown-values.ts';
import { validateRunsForEver, validateSelectorNotEmpty } from '../shared/validation/workload.ts';

const SPEC = ValidationPath.of('spec');

/** Where the server keeps how often the template has changed. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

export function templateGenerationOf(object: KubernetesObject): bigint {
  return parseInt64(annotationsOf(object).get(TEMPLATE_GENERATION) ?? '') ?? 0n;
}

/** The same of an object that the server has stored: it has written 1 where a manifest says nothing. */
export function storedTemplateGenerationOf(object: KubernetesObject): bigint {
  return annotationsOf(object).has(TEMPLATE_GENERATION) ? templateGenerationOf(object) : 1n;
}

/** Source: pkg/apis/apps/validation/validation.go, 1.36; what an update breaks is told first. */
export function validateDaemonSet(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  return [...(old === undefined ? NONE : validateUpdate(object, old)), ...validateSpec(object, old)];
}

function validateUpdate(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const selector = valueAt(object, 'spec', 'selector');
  const path = SPEC.child('selector');
  return [
    ...validateTemplateGeneration(object, old),
    ...validateImmutableField(selector, valueAt(old, 'spec', 'selector'), path, shownLabelSelector(selector)),
  ];
}

function validateTemplateGeneration(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const generation = templateGenerationOf(object);
  const before = storedTemplateGenerationOf(old);
  const sameTemplate = semanticEqual(valueAt(object, 'spec', 'template'), valueAt(old, 'spec', 'template'));
  const errors: string[] = [];
  if (generation < before) errors.push('must not be decremented');
  if (generation === before && !sameTemplate) errors.push('must be incremented upon template update');
  if (generation > before && sameTemplate) errors.push('must not be incremented without template update');
  return errors.map((detail) => invalid(SPEC.child('templateGeneration'), generation, detail));
}

function validateSpec(object: KubernetesObject, old: KubernetesObject | undefined): readonly FieldError[] {
  const spec = valueAt(object, 'spec');
  const selector = valueAt(spec, 'selector');
  const template = valueAt(spec, 'template');
  const templatePath = SPEC.child('template');
  const allowInvalidLabelValue = hasInvalidLabelValue(valueAt(old, 'spec', 'selector'));
  return [
    ...validateLabelSelector(selector, SPEC.child('selector'), { allowInvalidLabelValue }),
    ...validateSelects(selector, template, templatePath),
    ...validateSelectorNotEmpty(selector, SPEC.child('selector'), 'daemonset'),
    ...validatePodTemplateSpec(template, templatePath, podTemplateValidationOptions(valueAt(old, 'spec', 'template'))),
    ...validateRunsForEver(template, templatePath, 'DaemonSet'),
    ...validateNonnegative(integerAt(spec, 'minReadySeconds'), SPEC.child('minReadySeconds')),
    ...validateNonnegative(templateGenerationOf(object), SPEC.child('templateGeneration')),
    ...validateUpdateStrategy(valueAt(spec, 'updateStrategy'), SPEC.child('updateStrategy')),
    ...validateNonnegative(integerAt(spec, 'revisionHistoryLimit'), SPEC.child('revisionHistoryLimit')),
  ];
}

/** A missing selector selects nothing, which is all that the server says about it. */
function validateSelects(
  selector: JsonValue | undefined,
  template: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const parsed = parseLabelSelector(selector);
  if (parsed.invalid || matchesLabels(parsed, stringMapAt(template, 'metadata', 'labels'))) return NONE;
  const labels = shownMap(valueAt(template, 'metadata', 'labels'));
  return [invalid(path.child('metadata', 'labels'), labels, '`selector` does not match template `labels`')];
}

function validateUpdateStrategy(strategy: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const rollingUpdate = pointerAt(strategy, 'rollingUpdate');
  const type = textAt(strategy, 'type');
  switch (type) {
    case 'OnDelete':
      return NONE;
    case 'RollingUpdate':
      if (rollingUpdate === undefined) return [required(path.child('rollingUpdate'))];
      return validateRollingUpdate(rollingUpdate, path.child('rollingUpdate'));
    default: {
      const shown = { Type: type, RollingUpdate: shownRollingUpdate(rollingUpdate) };
      return [notSupported(path, shown, ['RollingUpdate', 'OnDelete'])];
    }
  }
}

function validateRollingUpdate(rollingUpdate: JsonValue, path: ValidationPath): readonly FieldError[] {
  const fields = ['maxUnavailable', 'maxSurge'];
  const values = fields.map((field) => valueAt(rollingUpdate, field));
  const [hasUnavailable, hasSurge] = values.map((value) => intOrPercentValueOf(value) !== 0);
  return [
    ...fields.flatMap((field, index) => validatePositiveIntOrPercent(values[index], path.child(field))),
    ...fields.flatMap((field, index) => validateNotMoreThan100Percent(values[index], path.child(field))),
    ...(hasUnavailable && hasSurge
      ? [
          invalid(
            path.child('maxSurge'),
            intOrStringOf(values[1]) ?? 0,
            'may not be set when maxUnavailable is non-zero',
          ),
        ]
      : NONE),
    ...(hasUnavailable || hasSurge ? NONE : [required(path.child('maxUnavailable'), 'cannot be 0 when maxSurge is 0')]),
  ];
}

function shownRollingUpdate(rollingUpdate: JsonValue | undefined): JsonValue {
  if (rollingUpdate === undefined) return null;
  return {
    MaxUnavailable: intOrStringOf(valueAt(rollingUpdate, 'maxUnavailable')) ?? 0,
    MaxSurge: intOrStringOf(valueAt(rollingUpdate, 'maxSurge')) ?? 0,
  };
}

import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../../apimachinery/field-error.ts';
import { isEmptySelector, matchesLabels, parseLabelSelector } from '../../../apimachinery/label-selector.ts';
import type { LabelSelector } from '../../../apimachinery/label-selector.ts';
import type { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { stringMapAt, valueAt } from '../../../base/json.ts';
import { NONE, pointerAt, textAt } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { shownLabelSelector, shownMap } from './shown-values.ts';

/**
 * What workloads ask of their selector and of their template alike, besides what every Pod template is asked.
 * Source: pkg/apis/apps/validation/validation.go, 1.36.
 */
export function validateRequiredSelector(
  spec: JsonValue | undefined,
  path: ValidationPath,
  workload: string,
): readonly FieldError[] {
  const selector = pointerAt(spec, 'selector');
  if (selector === undefined) return [required(path)];
  return [...validateLabelSelector(selector, path), ...validateSelectorNotEmpty(selector, path, workload)];
}

export function validateSelectorNotEmpty(
  selector: JsonValue | undefined,
  path: ValidationPath,
  workload: string,
): readonly FieldError[] {
  if (!isEmptySelector(parseLabelSelector(selector))) return NONE;
  return [invalid(path, shownLabelSelector(selector), `empty selector is invalid for ${workload}`)];
}

/** Whether the Pods of the template would be selected; a selector of everything is another error. */
export function validateSelectsTemplate(
  selector: LabelSelector,
  template: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  if (isEmptySelector(selector) || matchesLabels(selector, stringMapAt(template, 'metadata', 'labels'))) return NONE;
  const labels = shownMap(valueAt(template, 'metadata', 'labels'));
  return [invalid(path.child('metadata', 'labels'), labels, '`selector` does not match template `labels`')];
}

/** Pods that are to run for ever are always started again and have no deadline. */
export function validateRunsForEver(
  template: JsonValue | undefined,
  path: ValidationPath,
  kind: string,
): readonly FieldError[] {
  const spec = valueAt(template, 'spec');
  const restartPolicy = textAt(spec, 'restartPolicy');
  const errors: FieldError[] = [];
  if (restartPolicy !== 'Always') {
    errors.push(notSupported(path.child('spec', 'restartPolicy'), restartPolicy, ['Always']));
  }
  if (pointerAt(spec, 'activeDeadlineSeconds') !== undefined) {
    const deadline = path.child('spec', 'activeDeadlineSeconds');
    errors.push(forbidden(deadline, `activeDeadlineSeconds in ${kind} is not Supported`));
  }
  return errors;
}

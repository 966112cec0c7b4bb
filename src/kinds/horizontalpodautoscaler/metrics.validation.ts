import type { FieldError } from '../../apimachinery/field-error.ts';
import { forbidden, invalid, notSupported, required } from '../../apimachinery/field-error.ts';
import { formatQuantity, quantityOf, signOfQuantity } from '../../apimachinery/quantity.ts';
import type { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { NONE, optionalIntegerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import { validateDnsLabel } from '../shared/validation/messages.ts';
import { validateContainerResourceName } from '../shared/validation/resource-names.ts';
import { validateCrossVersionReference, validatePathSegment } from './reference.validation.ts';
import type { ReferenceOptions } from './reference.validation.ts';

type ValidateSource = (source: JsonValue, path: ValidationPath, options: ReferenceOptions) => readonly FieldError[];

/** The field of each type of metric, in the order in which the server looks at them. */
const SOURCES: readonly (readonly [type: string, field: string, validate: ValidateSource])[] = [
  ['Object', 'object', validateObjectSource],
  ['External', 'external', validateExternalSource],
  ['Pods', 'pods', validatePodsSource],
  ['Resource', 'resource', validateResourceSource],
  ['ContainerResource', 'containerResource', validateContainerResourceSource],
];
const TYPES = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];

/** Source: pkg/apis/autoscaling/validation/validation.go `validateMetricSpec`, 1.36. */
export function validateMetric(
  metric: JsonValue,
  path: ValidationPath,
  options: ReferenceOptions,
): readonly FieldError[] {
  const type = textAt(metric, 'type');
  const expected = SOURCES.find(([name]) => name === type);
  const present = SOURCES.filter(([, field]) => pointerAt(metric, field) !== undefined);
  const errors: FieldError[] = [];
  if (type === '') errors.push(required(path.child('type'), 'must specify a metric source type'));
  if (!expected) errors.push(notSupported(path.child('type'), type, TYPES));
  const first = present[0];
  if (first) errors.push(...first[2](valueAt(metric, first[1]) ?? null, path.child(first[1]), options));
  if (expected && !present.includes(expected)) {
    errors.push(required(path.child(expected[1]), 'must populate information for the given metric source'));
  }
  // The server asks for the type twice.
  if (!expected) errors.push(notSupported(path.child('type'), type, TYPES));
  if (present.length > 1) {
    const others = present.filter((source) => source !== expected);
    errors.push(
      ...others.map(([, field]) => forbidden(path.child(field), 'must populate the given metric source only')),
    );
  }
  return errors;
}

function validateObjectSource(
  source: JsonValue,
  path: ValidationPath,
  options: ReferenceOptions,
): readonly FieldError[] {
  const target = valueAt(source, 'target');
  return [
    ...validateCrossVersionReference(valueAt(source, 'describedObject'), path.child('describedObject'), options),
    ...validateIdentifierAndTarget(source, path),
    ...(has(target, 'value') || has(target, 'averageValue')
      ? NONE
      : [required(path.child('target', 'averageValue'), 'must set either a target value or averageValue')]),
  ];
}

function validateExternalSource(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const target = valueAt(source, 'target');
  const [hasValue, hasAverage] = [has(target, 'value'), has(target, 'averageValue')];
  const choice = 'both a target value for metric and a per-pod target';
  return [
    ...validateIdentifierAndTarget(source, path),
    ...(hasValue || hasAverage
      ? NONE
      : [
          required(
            path.child('target', 'averageValue'),
            'must set either a target value for metric or a per-pod target',
          ),
        ]),
    ...(hasValue && hasAverage ? [forbidden(path.child('target', 'value'), `may not set ${choice}`)] : NONE),
  ];
}

function validatePodsSource(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validateIdentifierAndTarget(source, path),
    ...(has(valueAt(source, 'target'), 'averageValue')
      ? NONE
      : [required(path.child('target', 'averageValue'), 'must specify a positive target averageValue')]),
  ];
}

function validateResourceSource(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...(textAt(source, 'name') === '' ? [required(path.child('name'), 'must specify a resource name')] : NONE),
    ...validateRawOrUtilization(valueAt(source, 'target'), path.child('target')),
  ];
}

function validateContainerResourceSource(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  const [name, container] = [textAt(source, 'name'), textAt(source, 'container')];
  return [
    ...(name === ''
      ? [required(path.child('name'), 'must specify a resource name')]
      : validateContainerResourceName(name, path.child('name'))),
    ...(container === ''
      ? [required(path.child('container'), 'must specify a container')]
      : validateDnsLabel(container, path.child('container'))),
    ...validateRawOrUtilization(valueAt(source, 'target'), path.child('target')),
  ];
}

function validateRawOrUtilization(target: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const [hasUtilization, hasValue] = [has(target, 'averageUtilization'), has(target, 'averageValue')];
  const choice = 'a target raw value and a target utilization';
  return [
    ...validateTarget(target, path),
    ...(hasUtilization || hasValue
      ? NONE
      : [required(path.child('averageUtilization'), 'must set either a target raw value or a target utilization')]),
    ...(hasUtilization && hasValue ? [forbidden(path.child('averageValue'), `may not set both ${choice}`)] : NONE),
  ];
}

function validateIdentifierAndTarget(source: JsonValue, path: ValidationPath): readonly FieldError[] {
  return [
    ...validatePathSegment(valueAt(source, 'metric'), 'name', path.child('metric'), 'must specify a metric name'),
    ...validateTarget(valueAt(source, 'target'), path.child('target')),
  ];
}

function validateTarget(target: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  const type = textAt(target, 'type');
  const utilization = optionalIntegerAt(target, 'averageUtilization');
  const errors: FieldError[] = [];
  if (type === '') errors.push(required(path.child('type'), 'must specify a metric target type'));
  if (!['Utilization', 'Value', 'AverageValue'].includes(type)) {
    errors.push(invalid(path.child('type'), type, 'must be either Utilization, Value, or AverageValue'));
  }
  for (const field of ['value', 'averageValue']) {
    const quantity = quantityOf(valueAt(target, field));
    if (quantity !== undefined && signOfQuantity(quantity) !== 1) {
      errors.push(invalid(path.child(field), formatQuantity(quantity), 'must be positive'));
    }
  }
  if (utilization !== undefined && utilization < 1) {
    errors.push(invalid(path.child('averageUtilization'), utilization, 'must be greater than 0'));
  }
  return errors;
}

function has(target: JsonValue | undefined, field: string): boolean {
  return pointerAt(target, field) !== undefined;
}

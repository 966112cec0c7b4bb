import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../base/json.ts';
import { valueAt } from '../../base/json.ts';
import { NONE, integerAt, pointerAt, textAt } from '../shared/validation/fields.ts';
import type { ObjectMetaRules } from '../shared/validation/object-meta.ts';
import { nameIs, validateObjectMeta } from '../shared/validation/object-meta.ts';
import { validateImmutableField } from '../shared/validation/immutable-field.ts';
import { semanticEqual } from '../shared/validation/semantic-equal.ts';
import { validateEvent } from './event.validation.ts';

/**
 * Events of `events.k8s.io/v1`: stricter than those of `v1`. Errors use the names of `v1`.
 * Source: pkg/apis/core/validation/events.go, 1.36.
 */
export function validateEventsEvent(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  return [
    ...validateEvent(inCoreNames(object), 'reportingController'),
    ...(old === undefined ? validateNew(object) : validateUpdate(object, old)),
  ];
}

/** Looked at after what Events of `v1` are asked. */
const METADATA: ObjectMetaRules = {
  namespaced: true,
  validateName: nameIs(validateDns1123Subdomain),
  standardFinalizers: true,
};

/** The names of the fields that are called otherwise in `v1`. */
const CORE_NAMES = [
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
] as const;

function inCoreNames(object: KubernetesObject): KubernetesObject {
  const renamed = CORE_NAMES.map(([name, core]) => [core, valueAt(object, name)] as const);
  return { ...object, ...Object.fromEntries(renamed) };
}

function validateNew(object: KubernetesObject): readonly FieldError[] {
  const type = textAt(object, 'type');
  const source = pointerAt(object, 'deprecatedSource');
  const set = [
    ...(pointerAt(object, 'deprecatedFirstTimestamp') === undefined ? [] : ['firstTimestamp']),
    ...(pointerAt(object, 'deprecatedLastTimestamp') === undefined ? [] : ['lastTimestamp']),
    ...(Number(integerAt(object, 'deprecatedCount')) === 0 ? [] : ['count']),
    ...(textAt(source, 'component') === '' && textAt(source, 'host') === '' ? [] : ['source']),
  ];
  const isKnown = type === 'Normal' || type === 'Warning';
  return [
    ...validateObjectMeta(valueAt(object, 'metadata'), METADATA),
    ...validateSeries(pointerAt(object, 'series')),
    ...(pointerAt(object, 'eventTime') === undefined ? [required(ValidationPath.of('eventTime'))] : NONE),
    ...(isKnown ? NONE : [invalid(ValidationPath.of('type'), '', `has invalid value: ${type}`)]),
    ...set.map((field) => invalid(ValidationPath.of(field), '', 'needs to be unset')),
  ];
}

function validateSeries(series: JsonValue | undefined): readonly FieldError[] {
  if (series === undefined) return NONE;
  const isSeen = pointerAt(series, 'lastObservedTime') !== undefined;
  return [
    ...(integerAt(series, 'count') < 2
      ? [invalid(ValidationPath.of('series.count'), '', 'should be at least 2')]
      : NONE),
    ...(isSeen ? NONE : [required(ValidationPath.of('series.lastObservedTime'))]),
  ];
}

const IMMUTABLE = [
  'involvedObject',
  'reason',
  'message',
  'source',
  'firstTimestamp',
  'lastTimestamp',
  'count',
  'reason',
  'type',
  'eventTime',
  'action',
  'related',
  'reportingController',
  'reportingInstance',
] as const;

function validateUpdate(object: KubernetesObject, before: KubernetesObject): readonly FieldError[] {
  const [event, old] = [inCoreNames(object), inCoreNames(before)];
  const isSameSeries = semanticEqual(valueAt(event, 'series'), valueAt(old, 'series'));
  return [
    ...(isSameSeries ? NONE : validateSeries(pointerAt(event, 'series'))),
    ...IMMUTABLE.flatMap((field) =>
      validateImmutableField(valueAt(event, field), valueAt(old, field), ValidationPath.of(field)),
    ),
  ];
}

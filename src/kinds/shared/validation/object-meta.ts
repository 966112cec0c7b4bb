import type { FieldError } from '../../../apimachinery/field-error.ts';
import { forbidden, invalid, required } from '../../../apimachinery/field-error.ts';
import { maskTrailingDash, validateDns1123Label } from '../../../apimachinery/names.ts';
import type { Messages } from '../../../apimachinery/validation-messages.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, stringAt, valueAt } from '../../../base/json.ts';
import { validateFinalizers, validateNoNewFinalizers, validateStandardFinalizer } from './finalizers.ts';
import { validateImmutableField } from './immutable-field.ts';
import { validateAnnotations, validateLabels } from './labels.ts';
import { validateManagedFields } from './managed-fields.ts';
import { invalidFor } from './messages.ts';
import { validateNonnegative } from './numbers.ts';
import { validateOwnerReferences } from './owner-references.ts';

/** Whether a name is good for a kind; `prefix` when it is a generateName, to which something will be appended. */
export type ValidateName = (name: string, prefix: boolean) => Messages;

/** A name rule of a check that knows no prefixes: upstream lets a generateName end in a dash. */
export function nameIs(check: (name: string) => Messages): ValidateName {
  return (name, prefix) => check(prefix ? maskTrailingDash(name) : name);
}

/** What a kind asks of the metadata of its objects. */
export interface ObjectMetaRules {
  readonly namespaced: boolean;
  readonly validateName: ValidateName;
  /** Finalizers without a domain must be Kubernetes' own: so for most built-in kinds. */
  readonly standardFinalizers: boolean;
  /** Upstream's newer form, which looks at the name only and not at the generateName. */
  readonly ignoresGenerateName?: boolean;
}

const METADATA = ValidationPath.of('metadata');

/**
 * What a create refuses about metadata. The namespace must have been filled in and the name generated.
 * Source: staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go and pkg/apis/core/validation, 1.36.
 */
export function validateObjectMeta(
  metadata: JsonValue | undefined,
  rules: ObjectMetaRules,
  path: ValidationPath = METADATA,
): readonly FieldError[] {
  return [
    ...validateNames(metadata, rules, path),
    ...validateNamespace(stringAt(metadata, 'namespace') ?? '', rules.namespaced, path.child('namespace')),
    ...validateNonnegative(numberAt(metadata, 'generation'), path.child('generation')),
    ...validateLabels(valueAt(metadata, 'labels'), path.child('labels')),
    ...validateAnnotations(valueAt(metadata, 'annotations'), path.child('annotations')),
    ...validateOwnerReferences(valueAt(metadata, 'ownerReferences'), path.child('ownerReferences')),
    ...validateFinalizers(finalizersOf(metadata), path.child('finalizers')),
    ...validateManagedFields(valueAt(metadata, 'managedFields'), path.child('managedFields')),
    ...(rules.standardFinalizers ? validateStandardFinalizers(metadata, path) : []),
  ];
}

function validateNames(
  metadata: JsonValue | undefined,
  { validateName, ignoresGenerateName }: ObjectMetaRules,
  path: ValidationPath,
): readonly FieldError[] {
  const generateName = stringAt(metadata, 'generateName') ?? '';
  const name = stringAt(metadata, 'name') ?? '';
  const prefix =
    generateName === '' || ignoresGenerateName
      ? []
      : invalidFor(path.child('generateName'), generateName, validateName(generateName, true));
  if (name === '') return [...prefix, required(path.child('name'), 'name or generateName is required')];
  return [...prefix, ...invalidFor(path.child('name'), name, validateName(name, false))];
}

function validateNamespace(namespace: string, namespaced: boolean, path: ValidationPath): readonly FieldError[] {
  if (!namespaced) return namespace === '' ? [] : [forbidden(path, 'not allowed on this type')];
  return namespace === '' ? [required(path)] : invalidFor(path, namespace, validateDns1123Label(namespace));
}

function validateStandardFinalizers(metadata: JsonValue | undefined, path: ValidationPath): readonly FieldError[] {
  return finalizersOf(metadata).flatMap((name, index) =>
    validateStandardFinalizer(name, path.child('finalizers').index(index)),
  );
}

/** Strings that an update may not change, in the server's order. */
const IMMUTABLE_STRINGS = ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp'] as const;
/** Those of them that are times: a missing one is printed as null. */
const TIMES: ReadonlySet<string> = new Set(['creationTimestamp', 'deletionTimestamp']);

/**
 * What an update refuses about metadata, besides what `validateObjectMeta` says of it. Fields that the server takes over
 * from the old object (see `keepServerMetadata`) must have been taken over.
 */
export function validateObjectMetaUpdate(
  metadata: JsonValue | undefined,
  old: JsonValue | undefined,
  { standardFinalizers }: Pick<ObjectMetaRules, 'standardFinalizers'>,
  path: ValidationPath = METADATA,
): readonly FieldError[] {
  const grace = valueAt(metadata, 'deletionGracePeriodSeconds');
  return [
    ...(stringAt(old, 'deletionTimestamp') === undefined
      ? []
      : validateNoNewFinalizers(finalizersOf(metadata), finalizersOf(old), path.child('finalizers'))),
    ...validateVersions(metadata, old, path),
    ...IMMUTABLE_STRINGS.flatMap((field) => {
      const value = stringAt(metadata, field) ?? '';
      const shown = value === '' && TIMES.has(field) ? null : value;
      return validateImmutableField(value, stringAt(old, field) ?? '', path.child(field), shown);
    }),
    ...validateImmutableField(
      grace,
      valueAt(old, 'deletionGracePeriodSeconds'),
      path.child('deletionGracePeriodSeconds'),
    ),
    ...validateLabels(valueAt(metadata, 'labels'), path.child('labels')),
    ...validateAnnotations(valueAt(metadata, 'annotations'), path.child('annotations')),
    ...validateOwnerReferences(valueAt(metadata, 'ownerReferences'), path.child('ownerReferences')),
    ...validateManagedFields(valueAt(metadata, 'managedFields'), path.child('managedFields')),
    ...(standardFinalizers ? validateStandardFinalizers(metadata, path) : []),
  ];
}

function validateVersions(
  metadata: JsonValue | undefined,
  old: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  const generation = numberAt(metadata, 'generation');
  return [
    ...((stringAt(metadata, 'resourceVersion') ?? '') === ''
      ? [invalid(path.child('resourceVersion'), '', 'must be specified for an update')]
      : []),
    ...(generation < numberAt(old, 'generation')
      ? [invalid(path.child('generation'), generation, 'must not be decremented')]
      : []),
  ];
}

function numberAt(metadata: JsonValue | undefined, field: string): number | bigint {
  const value = valueAt(metadata, field);
  return typeof value === 'number' || typeof value === 'bigint' ? value : 0;
}

function finalizersOf(metadata: JsonValue | undefined): readonly string[] {
  return arrayAt(metadata, 'finalizers').map((name) => asString(name) ?? '');
}

/**
 * Metadata of a Pod template, a claim template: labels and annotations and nothing else.
 * Source: pkg/apis/core/validation/validation.go `ValidateTemplateObjectMeta`, 1.36.
 */
export function validateTemplateObjectMeta(
  metadata: JsonValue | undefined,
  path: ValidationPath,
): readonly FieldError[] {
  return [
    ...validateAnnotations(valueAt(metadata, 'annotations'), path.child('annotations')),
    ...validateLabels(valueAt(metadata, 'labels'), path.child('labels')),
    ...FORBIDDEN_IN_TEMPLATES.filter((field) => isSet(valueAt(metadata, field))).map((field) =>
      // The server prints the Go name of the field with a small first letter.
      forbidden(path.child(field === 'uid' ? 'uID' : field), 'cannot be set'),
    ),
  ];
}

/** The other fields of metadata, in the order of the Go struct. */
const FORBIDDEN_IN_TEMPLATES = [
  'name',
  'generateName',
  'namespace',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

function isSet(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0;
}

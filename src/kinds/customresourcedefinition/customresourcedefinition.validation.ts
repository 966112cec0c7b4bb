import type { FieldError } from '../../apimachinery/field-error.ts';
import { invalid, required } from '../../apimachinery/field-error.ts';
import { validateDns1035Label, validateDns1123Subdomain } from '../../apimachinery/names.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import { objectAt, stringAt, valueAt } from '../../base/json.ts';
import { NONE, isTrueAt, requireText, textAt, textsAt, validateRequiredEnum } from '../shared/validation/fields.ts';
import { validateConversion } from './conversion.validation.ts';
import type { InternalSpec, InternalVersion } from './internal-spec.ts';
import { isEstablished } from './established.ts';
import { internalSpecOf, schemasOf } from './internal-spec.ts';
import { shownVersions } from './shown-versions.ts';
import { isSet, someSchema } from './json-schema.ts';
import { validateLabelAt, validateNames } from './names.validation.ts';
import { validateRootSchema } from './root-schema.validation.ts';
import { validateSelectableFields } from './selectable-fields.validation.ts';
import type { Options } from './validation-options.ts';
import { optionsOf, versionsWithoutSchema } from './validation-options.ts';
import { validateColumn, validateDeprecation, validateSubresources } from './version.validation.ts';

const SPEC = ValidationPath.of('spec');
const STATUS = ValidationPath.of('status');
const VERSIONS = SPEC.child('versions');

/**
 * Source: staging/src/k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go, 1.36. Left out:
 * whether the certificates of a webhook can be read.
 */
export function validate(object: KubernetesObject, old?: KubernetesObject): readonly FieldError[] {
  const spec = internalSpecOf(objectAt(object, 'spec') ?? {});
  const stored = textsAt(object, 'status', 'storedVersions');
  return [
    ...validateSpec(spec, optionsOf(spec, old)),
    ...(old === undefined ? NONE : immutableErrors(object, old)),
    ...validateNames(valueAt(object, 'status', 'acceptedNames'), STATUS.child('acceptedNames')),
    ...validateStoredVersions(stored, spec.versions),
    ...validateApproval(object, old),
    ...(isTrueAt(spec.spec, 'preserveUnknownFields') && !isTrueAt(old, 'spec', 'preserveUnknownFields')
      ? [
          invalid(
            SPEC.child('preserveUnknownFields'),
            true,
            'cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
          ),
        ]
      : NONE),
  ];
}

function validateSpec(internal: InternalSpec, options: Options): readonly FieldError[] {
  const { spec, versions } = internal;
  const keepsAll = isTrueAt(spec, 'preserveUnknownFields');
  const hasDefaults = schemasOf(internal).some((schema) => someSchema(schema, (it) => isSet(it, 'default')));
  const anyStatus = [internal, ...versions].some(({ subresources }) => isSet(subresources ?? {}, 'status'));
  const strategy = textAt(spec, 'conversion', 'strategy');
  return [
    ...validateGroup(textAt(spec, 'group')),
    ...validateRequiredEnum(textAt(spec, 'scope'), SPEC.child('scope'), ['Cluster', 'Namespaced']),
    ...schemaNeeded(internal, options, keepsAll),
    ...(hasDefaults && keepsAll
      ? [invalid(SPEC.child('preserveUnknownFields'), true, 'must be false in order to use defaults in the schema')]
      : NONE),
    ...versions.flatMap((version, index) => validateVersion(internal, version, VERSIONS.index(index), options)),
    ...versionListErrors(internal),
    ...['plural', 'singular', 'kind', 'listKind'].flatMap((field) =>
      requireText(valueAt(spec, 'names'), field, SPEC.child('names')),
    ),
    ...validateNames(valueAt(spec, 'names'), SPEC.child('names')),
    ...validateRootSchema(internal.schema, SPEC.child('validation'), {
      ...options,
      hasStatus: anyStatus,
      anyRuleCost: options.sameSchema.has(versions[0]?.name ?? ''),
    }),
    ...validateSubresources(internal.subresources, SPEC.child('subresources')),
    ...internal.columns.flatMap((column, index) =>
      validateColumn(column, SPEC.child('additionalPrinterColumns').index(index)),
    ),
    ...validateSelectableFields(
      internal,
      SPEC,
      'may only be set when validations.schema is included',
      options.sameSelectable.has(''),
    ),
    ...(isSet(spec, 'conversion') && strategy !== 'None' && keepsAll
      ? [invalid(SPEC.child('conversion', 'strategy'), strategy, 'must be None if spec.preserveUnknownFields is true')]
      : NONE),
    ...validateConversion(objectAt(spec, 'conversion'), SPEC.child('conversion'), options),
  ];
}

function validateGroup(group: string): readonly FieldError[] {
  const path = SPEC.child('group');
  if (group === '') return [required(path)];
  const problems = validateDns1123Subdomain(group);
  if (problems.length > 0) return [invalid(path, group, problems.join(','))];
  return group.includes('.') ? NONE : [invalid(path, group, 'should be a domain with at least one dot')];
}

function schemaNeeded(internal: InternalSpec, options: Options, keepsAll: boolean): readonly FieldError[] {
  if (!options.schemaEverywhere && keepsAll) return NONE;
  return versionsWithoutSchema(internal)
    .filter((index) => options.schemaEverywhere || isTrueAt(internal.versions[index]?.source, 'served'))
    .map((index) =>
      required(
        VERSIONS.index(index).child('schema', 'openAPIV3Schema'),
        options.schemaEverywhere ? '' : 'because otherwise all fields are pruned',
      ),
    );
}

function validateVersion(
  internal: InternalSpec,
  version: InternalVersion,
  path: ValidationPath,
  options: Options,
): readonly FieldError[] {
  const perVersion = internal.versions.some(({ subresources }) => subresources !== undefined);
  const subresources = perVersion
    ? internal.versions.find(({ name }) => name === version.name)?.subresources
    : internal.subresources;
  return [
    ...validateLabelAt(path.child('name'), version.name),
    ...validateDeprecation(version.source, path),
    ...validateRootSchema(version.schema, path.child('schema'), {
      ...options,
      hasStatus: isSet(subresources ?? {}, 'status'),
      anyRuleCost: options.sameSchema.has(version.name),
    }),
    ...validateSubresources(version.subresources, path.child('subresources')),
    ...version.columns.flatMap((column, at) =>
      validateColumn(column, path.child('additionalPrinterColumns').index(at)),
    ),
    ...validateSelectableFields(
      version,
      path,
      'may only be set when `version.schema.openAPIV3Schema` is not included',
      options.sameSelectable.has(version.name),
    ),
  ];
}

function versionListErrors(internal: InternalSpec): readonly FieldError[] {
  const { versions } = internal;
  const first = versions[0]?.name ?? '';
  const problems = first === '' ? [] : validateDns1035Label(first);
  const storage = versions.filter(({ source }) => isTrueAt(source, 'storage'));
  return [
    ...(new Set(versions.map(({ name }) => name)).size < versions.length
      ? [invalid(VERSIONS, shownVersions(internal), 'must contain unique version names')]
      : NONE),
    ...(storage.length === 1
      ? NONE
      : [invalid(VERSIONS, shownVersions(internal), 'must have exactly one version marked as storage version')]),
    ...(problems.length > 0 ? [invalid(SPEC.child('version'), first, problems.join(','))] : NONE),
  ];
}

function validateStoredVersions(
  stored: readonly string[],
  versions: readonly InternalVersion[],
): readonly FieldError[] {
  const path = STATUS.child('storedVersions');
  if (stored.length === 0) return [invalid(path, null, 'must have at least one stored version')];
  const left = new Set(stored);
  const errors = versions.flatMap(({ source, name }) => {
    const isStored = left.delete(name);
    return isTrueAt(source, 'storage') && !isStored
      ? [invalid(path, stored, `must have the storage version ${name}`)]
      : [];
  });
  const missing = [...left].map((name) =>
    invalid(
      path.index(stored.lastIndexOf(name)),
      name,
      `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`,
    ),
  );
  return [...errors, ...missing];
}

function immutableErrors(object: KubernetesObject, old: KubernetesObject): readonly FieldError[] {
  const fields = [...(isEstablished(old) ? [['scope'], ['names', 'kind']] : []), ['group'], ['names', 'plural']];
  return fields.flatMap((field) => {
    const value = textAt(object, 'spec', ...field);
    return value === textAt(old, 'spec', ...field) ? [] : [invalid(SPEC.child(...field), value, 'field is immutable')];
  });
}

const APPROVAL = 'api-approved.kubernetes.io';

/** Groups of the project itself need a word of who approved them. Source: `validateAPIApproval`. */
function validateApproval(object: KubernetesObject, old: KubernetesObject | undefined): readonly FieldError[] {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(textAt(object, 'spec', 'group'))) return NONE;
  const text = stringAt(object, 'metadata', 'annotations', APPROVAL) ?? '';
  const state = approvalOf(text);
  const before = stringAt(old, 'metadata', 'annotations', APPROVAL) ?? '';
  if (state === 'good' || (old !== undefined && approvalOf(before) === state)) return NONE;
  const path = ValidationPath.of('metadata', 'annotations').key(APPROVAL);
  const words = `protected groups must have approval annotation "${APPROVAL}"`;
  const see = 'see https://github.com/kubernetes/enhancements/pull/1111';
  return state === 'missing'
    ? [required(path, `${words}, ${see}`)]
    : [invalid(path, text, `${words} with either a URL or a reason starting with "unapproved", ${see}`)];
}

function approvalOf(text: string): 'missing' | 'good' | 'bad' {
  if (text === '') return 'missing';
  return text.startsWith('unapproved') || /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+/i.test(text) ? 'good' : 'bad';
}

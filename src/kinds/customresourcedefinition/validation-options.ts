import type { KubernetesObject } from '../../apimachinery/object.ts';
import { ValidationPath } from '../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { jsonEqual, objectAt } from '../../base/json.ts';
import { validateCaBundle } from '../shared/validation/ca-bundle.ts';
import { isTrueAt, textAt, textsAt } from '../shared/validation/fields.ts';
import type { ConversionOptions } from './conversion.validation.ts';
import { knowsReviewVersion } from './conversion.validation.ts';
import { isEstablished } from './established.ts';
import type { InternalSpec, InternalVersion } from './internal-spec.ts';
import { internalSpecOf, schemasOf } from './internal-spec.ts';
import { isFilled, isSet, someSchema } from './json-schema.ts';
import { mapKeyErrors, setItemErrors } from './list-type.validation.ts';
import { hasUnknownType } from './open-api-schema.validation.ts';
import type { RootOptions } from './root-schema.validation.ts';
import { conversionProblem, validateStructural } from './structural-schema.validation.ts';
import { hasUnprunedDefaults } from './unpruned-defaults.ts';

const SPEC = ValidationPath.of('spec');

/** What an update may leave as it was. */
export interface Options extends ConversionOptions, Omit<RootOptions, 'hasStatus' | 'anyRuleCost'> {
  readonly schemaEverywhere: boolean;
  /** Versions whose schema an update leaves as it was. */
  readonly sameSchema: ReadonlySet<string>;
  /** Versions, or '' for all of them, whose too many selectable fields an update leaves as they were. */
  readonly sameSelectable: ReadonlySet<string>;
}

/** What an old object has wrong may stay. */
export function optionsOf(spec: InternalSpec, old: KubernetesObject | undefined): Options {
  const oldSpec = old === undefined ? undefined : internalSpecOf(objectAt(old, 'spec') ?? {});
  const oldSchemas = oldSpec === undefined ? [] : schemasOf(oldSpec);
  const oldHas = (test: (schema: JsonObject) => boolean): boolean => oldSchemas.some((it) => someSchema(it, test));
  const oldReviews = textsAt(old, 'spec', 'conversion', 'webhook', 'conversionReviewVersions');
  return {
    knownTypes: !oldHas(hasUnknownType),
    atomicSetItems: !oldHas((schema) => setItemErrors(schema, SPEC).length > 0),
    strictMapKeys: !oldHas((schema) => mapKeyErrors(schema, SPEC).length > 0),
    structural:
      !isTrueAt(spec.spec, 'preserveUnknownFields') ||
      schemasOf(spec).some((schema) => someSchema(schema, needsStructure)) ||
      !oldSchemas.some(isNonStructural),
    unprunedDefaults: oldSchemas.some((schema) => !isNonStructural(schema) && hasUnprunedDefaults(schema)),
    sameSchema: unchangedVersions(spec, oldSpec, 'schema'),
    sameSelectable: unchangedVersions(spec, oldSpec, 'selectableFields'),
    schemaEverywhere: oldSpec === undefined || versionsWithoutSchema(oldSpec).length === 0,
    knownReviewVersion: oldReviews.length === 0 || knowsReviewVersion(oldReviews),
    validCaBundle: mustHaveValidBundle(old),
  };
}

/** Before a definition is served its bundle may be filled in by others. Source: `allowInvalidCABundle`. */
function mustHaveValidBundle(old: KubernetesObject | undefined): boolean {
  const bundle = textAt(old, 'spec', 'conversion', 'webhook', 'clientConfig', 'caBundle');
  return isEstablished(old) && (bundle === '' || validateCaBundle(bundle, SPEC).length === 0);
}

function isNonStructural(schema: JsonObject): boolean {
  return conversionProblem(schema) !== undefined || validateStructural(schema, SPEC).length > 0;
}

/** Source: `specHasDefaults`, `specHasKubernetesExtensions`. */
function needsStructure(schema: JsonObject): boolean {
  return (
    ['default', 'x-kubernetes-preserve-unknown-fields', 'x-kubernetes-list-type'].some((it) => isSet(schema, it)) ||
    ['x-kubernetes-list-map-keys', 'x-kubernetes-validations'].some((it) => isFilled(schema, it)) ||
    ['x-kubernetes-embedded-resource', 'x-kubernetes-int-or-string'].some((it) => isTrueAt(schema, it))
  );
}

/** The names of versions that say the same as before; '' where all versions say it alike. */
function unchangedVersions(
  spec: InternalSpec,
  old: InternalSpec | undefined,
  part: 'schema' | 'selectableFields',
): ReadonlySet<string> {
  if (old === undefined) return new Set();
  const same = spec.versions.filter((version) => {
    const before = old.versions.find(({ name }) => name === version.name);
    return before !== undefined && jsonEqual(partOf(spec, version, part), partOf(old, before, part));
  });
  return new Set([...same.map(({ name }) => name), ...(jsonEqual(spec[part] ?? null, old[part] ?? null) ? [''] : [])]);
}

function partOf(spec: InternalSpec, version: InternalVersion, part: 'schema' | 'selectableFields'): JsonValue {
  return part === 'schema' ? (version.schema ?? spec.schema ?? null) : version.selectableFields;
}

export function versionsWithoutSchema(spec: InternalSpec): readonly number[] {
  if (objectAt(spec.schema, 'openAPIV3Schema') !== undefined) return [];
  return spec.versions.flatMap(({ schema }, index) =>
    objectAt(schema, 'openAPIV3Schema') === undefined ? [index] : [],
  );
}

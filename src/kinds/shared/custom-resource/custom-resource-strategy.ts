import type { FieldError, FieldErrorReason } from '../../../apimachinery/field-error.ts';
import { invalid } from '../../../apimachinery/field-error.ts';
import type { GroupKind } from '../../../apimachinery/group-version-kind.ts';
import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { ValidationPath } from '../../../apimachinery/validation-path.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { arrayAt } from '../../../base/json.ts';
import { validateRules } from '../../../cel/validate-rules.ts';
import type { KindStrategy } from '../../strategy.ts';
import { Correlated } from './correlated.ts';
import { setSchemaDefaults } from './defaults.ts';
import { validateEmbedded } from './embedded-resources.ts';
import { validateListTypes } from './list-types.ts';
import { validateScale } from './scale.ts';
import type { StructuralSchema } from './structural-schema.ts';
import { structuralSchema } from './structural-schema.ts';
import { validateValue } from './value-validation.ts';

/** What a definition says of one of its versions. */
export interface CustomVersion extends GroupKind {
  /** `openAPIV3Schema`. */
  readonly source: JsonObject;
  readonly hasStatus: boolean;
  /** `subresources.scale`. */
  readonly scale: JsonValue | undefined;
  /** What is wrong with the metadata, which keeps rules from being looked at. */
  metadataErrors(object: KubernetesObject): readonly FieldError[];
}

/** Source: staging/src/k8s.io/apiextensions-apiserver/pkg/registry/customresource/{strategy,validator}.go, 1.36. */
export function customResourceStrategy(version: CustomVersion): KindStrategy {
  const { group, kind, source, hasStatus, scale } = version;
  const schema = structuralSchema(source);
  return {
    group,
    kind,
    hasStatus,
    hasGeneration: true,
    setDefaults: (object) => setSchemaDefaults(object, schema),
    validate: (object, old) => {
      const correlated = old === undefined ? undefined : new Correlated(object, old, schema);
      const skipsLists = old !== undefined && validateListTypes(old, schema).length > 0;
      const errors = [
        ...validateValue(object, schema, { correlated }),
        ...validateScale(object, scale),
        ...validateEmbedded(object, schema),
        ...(skipsLists ? [] : validateListTypes(object, schema)),
      ];
      if (!hasRules(schema)) return errors;
      const before = old === undefined ? version.metadataErrors(object) : [];
      if ([...before, ...errors].some(({ reason }) => BLOCKING.has(reason))) return [...errors, RULES_NOT_CHECKED];
      return [...errors, ...validateRules(source, object, old, { correlated })];
    },
  };
}

/** Source: `hasBlockingErr` in strategy.go. */
const BLOCKING: ReadonlySet<FieldErrorReason> = new Set<FieldErrorReason>([
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
]);

const RULES_NOT_CHECKED: FieldError = invalid(
  ValidationPath.ofText('', []),
  null,
  'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

const known = new WeakMap<StructuralSchema, boolean>();

function hasRules(schema: StructuralSchema): boolean {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const below = [...schema.properties.values(), schema.items, schema.additional];
  const found =
    arrayAt(schema.source, 'x-kubernetes-validations').length > 0 ||
    below.some((child) => typeof child === 'object' && hasRules(child));
  known.set(schema, found);
  return found;
}

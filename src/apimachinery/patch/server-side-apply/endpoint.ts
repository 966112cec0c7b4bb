import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { stringAt } from '../../../base/json.ts';
import { parseApiVersion } from '../../group-version-kind.ts';
import { PatchError } from '../patch-result.ts';
import type { PatchSchema } from '../patch-schema.ts';
import type { FieldSet } from './field-set.ts';
import { recursiveDifference } from './field-set.ts';
import type { ManagerInfo } from './managed-fields.ts';
import { managerIdentifier } from './managed-fields.ts';
import type { TypedValue } from './typed-value.ts';
import type { UpdaterOptions } from './updater.ts';
import { formatTypedErrors, validateTyped } from './validate-typed.ts';

/** The endpoint through which an object is written. */
export interface Endpoint {
  readonly schema: PatchSchema;
  readonly apiVersion: string;
  readonly kind: string;
  /** `status`, `scale`; '' for the main resource. */
  readonly subresource: string;
  /** The object and schema at another version of its kind; without it only `apiVersion` is known. */
  readonly convert?: (object: JsonValue | undefined, apiVersion: string) => TypedValue | undefined;
  /** Fields that nobody may own through this endpoint; the main resource resets `status`. */
  readonly resetFields?: FieldSet;
}

/** Who writes, and when: RFC 3339, seconds, UTC (`2026-01-02T03:04:05Z`). */
export interface Write {
  readonly manager: string;
  readonly time: string;
}

export function writerIdentifier({ manager }: Write, operation: ManagerInfo['operation'], endpoint: Endpoint): string {
  const { apiVersion, subresource } = endpoint;
  return managerIdentifier({ manager: manager === '' ? 'unknown' : manager, operation, apiVersion, subresource });
}

/** As Go prints a GroupVersionKind: `apps/v1, Kind=Deployment`, and `/v1, Kind=Pod` of the core group. */
export function kindInWords(apiVersion: string, kind: string): string {
  const { group, version } = parseApiVersion(apiVersion);
  return `${group}/${version}, Kind=${kind}`;
}

/** The object with its schema; throws a PatchError where it has not the form that the schema demands. */
export function typedObject(
  object: JsonObject,
  endpoint: Endpoint,
  context: string,
  allowDuplicates: boolean,
): TypedValue {
  const errors = validateTyped(object, endpoint.schema, allowDuplicates);
  if (errors.length === 0) return { value: object, schema: endpoint.schema };
  const name = `${stringAt(object, 'metadata', 'namespace') ?? ''}/${stringAt(object, 'metadata', 'name') ?? ''}`;
  const kind = kindInWords(stringAt(object, 'apiVersion') ?? '', stringAt(object, 'kind') ?? '');
  throw new PatchError(`${context} (${name}; ${kind}): ${formatTypedErrors(errors)}`);
}

export function updaterOptions({ apiVersion, convert, resetFields }: Endpoint): UpdaterOptions {
  return {
    convert: (value, version) => {
      // An object says its version itself; it is converted only where another one is asked for.
      const current = stringAt(value.value, 'apiVersion') ?? apiVersion;
      return current === version ? value : convert?.(value.value, version);
    },
    ...(resetFields ? { filter: (set: FieldSet) => recursiveDifference(set, resetFields) } : {}),
  };
}

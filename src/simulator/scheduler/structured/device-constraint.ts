import type { JsonValue } from '../../../base/json.ts';
import { arrayAt, asString, booleanAt, objectAt, stringAt, valueAt } from '../../../base/json.ts';
import { AllocationError } from './allocation-error.ts';

/**
 * What all devices of some requests must have in common, or must not. Used within one search only, so that it may change.
 * Source: structured/internal/incubating/{allocator_incubating,constraint}.go, 1.36.
 */
export interface DeviceConstraint {
  /** Takes the device in; false, and nothing is changed, where it does not fit. */
  add(request: string, subRequest: string, driver: string, device: JsonValue): boolean;
  /** Takes back what `add` took in last. */
  remove(request: string, subRequest: string): void;
}

/** `problem` names the constraint in an error: `claim NAMESPACE/NAME, constraint #0`. */
export function constraintOf(constraint: JsonValue, problem: string): DeviceConstraint {
  const requests = new Set(arrayAt(constraint, 'requests').flatMap((name) => asString(name) ?? []));
  const isMeant = (request: string, subRequest: string): boolean =>
    requests.size === 0 || requests.has(request) || (subRequest !== '' && requests.has(`${request}/${subRequest}`));
  const match = stringAt(constraint, 'matchAttribute');
  if (match !== undefined) return matchAttribute(match, isMeant);
  const distinct = stringAt(constraint, 'distinctAttribute');
  if (distinct !== undefined) return distinctAttribute(distinct, isMeant);
  throw new AllocationError(`${problem}: empty constraint (unsupported constraint type?)`);
}

type IsMeant = (request: string, subRequest: string) => boolean;

function matchAttribute(name: string, isMeant: IsMeant): DeviceConstraint {
  let devices = 0;
  let first: string | undefined;
  return {
    add(request, subRequest, driver, device) {
      if (!isMeant(request, subRequest)) return true;
      const attribute = attributeOf(device, driver, name);
      if (attribute === undefined) return false;
      if (devices === 0) first = attribute;
      else if (attribute !== first || attribute === UNKNOWN) return false;
      devices += 1;
      return true;
    },
    remove(request, subRequest) {
      if (isMeant(request, subRequest)) devices -= 1;
    },
  };
}

function distinctAttribute(name: string, isMeant: IsMeant): DeviceConstraint {
  let devices = 0;
  // As upstream has it, of a request with several devices the last is remembered.
  const byRequest = new Map<string, string>();
  return {
    add(request, subRequest, driver, device) {
      if (!isMeant(request, subRequest)) return true;
      const attribute = attributeOf(device, driver, name);
      if (attribute === undefined) return false;
      if (devices > 0 && [...byRequest.values()].some((other) => other === attribute || attribute === UNKNOWN))
        return false;
      byRequest.set(request, attribute);
      devices += 1;
      return true;
    },
    remove(request, subRequest) {
      if (!isMeant(request, subRequest)) return;
      byRequest.delete(request);
      devices -= 1;
    },
  };
}

const UNKNOWN = 'unknown';

/** Type and value; undefined where the device has no such attribute. */
function attributeOf(device: JsonValue, driver: string, name: string): string | undefined {
  const attributes = objectAt(device, 'attributes');
  const own = valueAt(attributes, name);
  if (own !== undefined) return shown(own);
  const slash = name.indexOf('/');
  if (slash < 0 || name.slice(0, slash) !== driver) return undefined;
  const unqualified = valueAt(attributes, name.slice(slash + 1));
  return unqualified === undefined ? undefined : shown(unqualified);
}

function shown(attribute: JsonValue): string {
  const text = stringAt(attribute, 'string');
  if (text !== undefined) return `string ${text}`;
  const integer = valueAt(attribute, 'int');
  if (integer !== undefined && integer !== null) return `int ${String(integer)}`;
  const flag = booleanAt(attribute, 'bool');
  if (flag !== undefined) return `bool ${flag}`;
  const version = stringAt(attribute, 'version');
  return version === undefined ? UNKNOWN : `version ${version}`;
}

import { ZERO, formatQuantity, milliValueOf, valueOf } from '../../apimachinery/quantity.ts';
import type { Quantity } from '../../apimachinery/quantity.ts';
import type { ResourceList } from '../../apimachinery/resource-list.ts';
import type { Path } from '../../base/json.ts';

export interface LimitError {
  readonly message: string;
  /** Where the amount stands that is wrong, or should stand. */
  readonly field?: Path;
}

/** What is measured: a container, a whole Pod, or a claim. */
export interface Measured {
  /** `Container`, `Pod`, `PersistentVolumeClaim`. */
  readonly type: string;
  readonly requests: ResourceList;
  readonly limits: ResourceList;
  /** Path of `resources`; none for a Pod, whose amounts are sums. */
  readonly path?: Path;
}

/** Largest whole amount of which thousandths still fit 64 bits. */
const MAX_MILLI_VALUE = 9223372036854775n;

/**
 * Amounts in one unit in which all of them fit: thousandths, or whole ones.
 * Source: plugin/pkg/admission/limitranger/admission.go `requestLimitEnforcedValues`, 1.36.
 */
function comparable(...quantities: readonly Quantity[]): readonly bigint[] {
  const whole = quantities.map(valueOf);
  return whole.every((value) => value <= MAX_MILLI_VALUE) ? quantities.map(milliValueOf) : whole;
}

function errorAt(measured: Measured, kind: 'requests' | 'limits', resource: string, message: string): LimitError {
  return measured.path === undefined ? { message } : { message, field: [...measured.path, kind, resource] };
}

/** `minConstraint`. */
export function minError(measured: Measured, resource: string, enforced: Quantity): LimitError | undefined {
  const [request, limit] = [measured.requests.get(resource), measured.limits.get(resource)];
  const [requestValue, limitValue, least] = comparable(request ?? ZERO, limit ?? ZERO, enforced);
  const words = `minimum ${resource} usage per ${measured.type} is ${formatQuantity(enforced)}`;
  if (request === undefined) return errorAt(measured, 'requests', resource, `${words}.  No request is specified`);
  if (requestValue! < least!)
    return errorAt(measured, 'requests', resource, `${words}, but request is ${formatQuantity(request)}`);
  if (limit !== undefined && limitValue! < least!)
    return errorAt(measured, 'limits', resource, `${words}, but limit is ${formatQuantity(limit)}`);
  return undefined;
}

/** `maxConstraint`. */
export function maxError(measured: Measured, resource: string, enforced: Quantity): LimitError | undefined {
  const [request, limit] = [measured.requests.get(resource), measured.limits.get(resource)];
  const [requestValue, limitValue, most] = comparable(request ?? ZERO, limit ?? ZERO, enforced);
  const words = `maximum ${resource} usage per ${measured.type} is ${formatQuantity(enforced)}`;
  if (limit === undefined) return errorAt(measured, 'limits', resource, `${words}.  No limit is specified`);
  if (limitValue! > most!)
    return errorAt(measured, 'limits', resource, `${words}, but limit is ${formatQuantity(limit)}`);
  if (request !== undefined && requestValue! > most!)
    return errorAt(measured, 'requests', resource, `${words}, but request is ${formatQuantity(request)}`);
  return undefined;
}

/** `maxRequestConstraint`: where limits mean nothing. */
export function maxRequestError(measured: Measured, resource: string, enforced: Quantity): LimitError | undefined {
  const request = measured.requests.get(resource);
  const [requestValue, most] = comparable(request ?? ZERO, enforced);
  const words = `maximum ${resource} usage per ${measured.type} is ${formatQuantity(enforced)}`;
  if (request === undefined) return errorAt(measured, 'requests', resource, `${words}.  No request is specified`);
  return requestValue! > most!
    ? errorAt(measured, 'requests', resource, `${words}, but request is ${formatQuantity(request)}`)
    : undefined;
}

/** `limitRequestRatioConstraint`. */
export function ratioError(measured: Measured, resource: string, enforced: Quantity): LimitError | undefined {
  const [request, limit] = [measured.requests.get(resource), measured.limits.get(resource)];
  const [requestValue, limitValue] = comparable(request ?? ZERO, limit ?? ZERO, enforced);
  const words = `${resource} max limit to request ratio per ${measured.type} is ${formatQuantity(enforced)}`;
  if (request === undefined || requestValue === 0n)
    return errorAt(measured, 'requests', resource, `${words}, but no request is specified or request is 0`);
  if (limit === undefined || limitValue === 0n)
    return errorAt(measured, 'limits', resource, `${words}, but no limit is specified or limit is 0`);
  const ratio = Number(limitValue) / Number(requestValue);
  const isMilli = valueOf(enforced) <= MAX_MILLI_VALUE;
  const isMore = isMilli ? ratio * 1000 > Number(milliValueOf(enforced)) : ratio > Number(valueOf(enforced));
  return isMore
    ? errorAt(measured, 'limits', resource, `${words}, but provided ratio is ${ratio.toFixed(6)}`)
    : undefined;
}

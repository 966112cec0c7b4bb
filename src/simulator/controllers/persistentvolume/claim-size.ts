import type { KubernetesObject } from '../../../apimachinery/object.ts';
import { compareQuantities, parseQuantity } from '../../../apimachinery/quantity.ts';
import { stringAt } from '../../../base/json.ts';

/** What a claim asks for, as it is written. */
export function askedSize(claim: KubernetesObject): string {
  return stringAt(claim, 'spec', 'resources', 'requests', 'storage') ?? '0';
}

function compare(a: string, b: string): number {
  return compareQuantities(parseQuantity(a)!, parseQuantity(b)!);
}

/** Whether a claim has less than it asks for. */
export function isLessThanAsked(claim: KubernetesObject): boolean {
  return compare(askedSize(claim), stringAt(claim, 'status', 'capacity', 'storage') ?? '0') > 0;
}

/** Whether a claim asks for more than it did. */
export function isMoreAsked(old: KubernetesObject, claim: KubernetesObject): boolean {
  return compare(askedSize(claim), askedSize(old)) > 0;
}

/** Whether two sizes are the same, however they are written. */
export function isSameSize(a: string, b: string): boolean {
  return compare(a, b) === 0;
}

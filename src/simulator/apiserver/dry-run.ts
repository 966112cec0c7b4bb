import { arrayAt } from '../../base/json.ts';
import { isKubernetesObject } from '../../apimachinery/object.ts';
import type { ApiRequest } from '../messages.ts';

/** Whether nothing is to be written. An Eviction may say so itself: pkg/registry/core/pod/storage/eviction.go, 1.36. */
export function isDryRun({ options, subresource, body }: ApiRequest): boolean {
  if (options?.dryRun === true) return true;
  return (
    subresource === 'eviction' && isKubernetesObject(body) && arrayAt(body, 'deleteOptions', 'dryRun').includes('All')
  );
}

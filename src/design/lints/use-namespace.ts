import { DEFAULT_NAMESPACE } from '../../apimachinery/object-identity.ts';
import type { Lint } from './lint.ts';
import { NO_SPOTS, perObject, perWorkload } from './spots.ts';
import type { Spot } from './spots.ts';
import type { Workload } from './workload.ts';

/** Workloads and Services in the namespace `default`. */
export const useNamespace: Lint = {
  id: 'use-namespace',
  group: 'hygiene',
  severity: 'info',
  defaultOn: false,
  kubeLinter: 'use-namespace',
  find: (context) => [
    ...perWorkload(inDefault)(context),
    ...perObject('Service', ['v1'], (record) => inDefault({ record }))(context),
  ],
};

function inDefault({ record }: Pick<Workload, 'record'>): readonly Spot[] {
  return record.namespace.toLowerCase() === DEFAULT_NAMESPACE ? [{ at: ['metadata', 'namespace'] }] : NO_SPOTS;
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { compareQuantities, formatQuantity } from '../../apimachinery/quantity.ts';
import { resourceListOf } from '../../apimachinery/resource-list.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { updateField, updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultResourceList } from '../shared/defaults/resource-list.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateResourceQuota } from './resourcequota.validation.ts';
import { validateResourceQuotaStatus } from './resourcequota.status.ts';

/** Source: pkg/registry/core/resourcequota/strategy.go, 1.36. Amounts are rounded. */
export const resourceQuotaStrategy: KindStrategy = {
  group: '',
  kind: 'ResourceQuota',
  hasStatus: true,
  validateStatus: validateResourceQuotaStatus,
  hasGeneration: false,
  setDefaults: (object) =>
    objectAt(object, 'spec') === undefined
      ? object
      : updateStruct(object, 'spec', (spec) => updateField(spec, 'hard', defaultResourceList)),
  validate: validateResourceQuota,
  warnings: (object, old) => (old === undefined ? quotaWarnings(object) : []),
};

function quotaWarnings(object: KubernetesObject): readonly string[] {
  const hard = resourceListOf(valueAt(object, 'spec', 'hard'));
  return ['cpu', 'memory', 'storage', 'ephemeral-storage'].flatMap((name) => {
    const bare = name === 'cpu' || name === 'memory' ? name : undefined;
    const requestName = bare !== undefined && !hard.has(`requests.${name}`) ? bare : `requests.${name}`;
    const [request, limit] = [hard.get(requestName), hard.get(`limits.${name}`)];
    if (request === undefined || limit === undefined || compareQuantities(request, limit) <= 0) return [];
    const [more, less] = [formatQuantity(request), formatQuantity(limit)];
    return [`ResourceQuota ${requestName} (${more}) should be less than limits.${name} (${less})`];
  });
}

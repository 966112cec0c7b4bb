import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { fillIn, updateField, updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultResourceList } from '../shared/defaults/resource-list.ts';
import { textAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateLimitRange } from './limitrange.validation.ts';

/** Source: pkg/registry/core/limitrange/strategy.go and pkg/apis/core/v1/defaults.go, 1.36. */
export const limitRangeStrategy: KindStrategy = {
  group: '',
  kind: 'LimitRange',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object: KubernetesObject) =>
    updateStruct(object, 'spec', (spec) => updateItems(spec, 'limits', defaultItem)),
  validate: validateLimitRange,
};

const AMOUNTS = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const;

/** Of a container the default is the maximum, the default request the default, or else the minimum. */
function defaultItem(item: JsonObject): JsonObject {
  return AMOUNTS.reduce((rounded, field) => updateField(rounded, field, defaultResourceList), withDefaults(item));
}

function withDefaults(item: JsonObject): JsonObject {
  if (textAt(item, 'type') !== 'Container') return item;
  const limits = fillIn(objectAt(item, 'default') ?? {}, objectAt(item, 'max') ?? {});
  const given = objectAt(item, 'defaultRequest') ?? {};
  const requests = fillIn(fillIn(given, limits), objectAt(item, 'min') ?? {});
  return {
    ...item,
    ...(Object.keys(limits).length > 0 ? { default: limits } : {}),
    ...(Object.keys(requests).length > 0 ? { defaultRequest: requests } : {}),
  };
}

import type { KubernetesObject } from '../../apimachinery/object.ts';
import { metadataOf } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt } from '../../base/json.ts';
import { fillIn, updateField, updateItems, updateStruct } from '../shared/defaults/fill-in.ts';
import { defaultResourceList } from '../shared/defaults/resource-list.ts';
import { textAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateLimitRange } from './limitrange.validation.ts';

/** The server takes a random UUID. */
const MADE_UP_NAME = '00000000-0000-4000-8000-000000000000';

/** Source: pkg/registry/core/limitrange/strategy.go and pkg/apis/core/v1/defaults.go, 1.36. */
export const limitRangeStrategy: KindStrategy = {
  group: '',
  kind: 'LimitRange',
  hasStatus: false,
  hasGeneration: false,
  setDefaults: (object: KubernetesObject) =>
    updateStruct(object, 'spec', (spec) => updateItems(spec, 'limits', defaultItem)),
  prepareForCreate: withName,
  validate: validateLimitRange,
};

/** One without a name gets one. Source: pkg/registry/core/limitrange/strategy.go, 1.36. */
function withName(object: KubernetesObject): KubernetesObject {
  if (textAt(object, 'metadata', 'name') !== '') return object;
  return { ...object, metadata: { ...metadataOf(object), name: MADE_UP_NAME } };
}

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

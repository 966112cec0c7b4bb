import { cidrWarnings } from '../../apimachinery/ip-validation.ts';
import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject } from '../../base/json.ts';
import { objectAt, valueAt } from '../../base/json.ts';
import { updateStruct } from '../shared/defaults/fill-in.ts';
import { omit } from '../shared/defaults/omit.ts';
import { pointerAt, textAt, textsAt } from '../shared/validation/fields.ts';
import type { KindStrategy } from '../strategy.ts';
import { validateNode } from './node.validation.ts';

/** Source: pkg/registry/core/node/strategy.go and pkg/apis/core/v1/{defaults,conversion}.go, 1.36. */
export const nodeStrategy: KindStrategy = {
  group: '',
  kind: 'Node',
  hasStatus: false,
  hasGeneration: false,
  setDefaults,
  prepareForCreate: (object) => updateStatus(withoutConfigSource(object), (status) => omit(status, 'config')),
  prepareForUpdate: (object, old) => {
    const status = valueAt(old, 'status');
    const hadSource = pointerAt(old, 'spec', 'configSource') !== undefined;
    const kept = hadSource ? object : withoutConfigSource(object);
    return status === undefined ? omit(kept, 'status') : { ...kept, status };
  },
  validate: validateNode,
  validateStatus: validateNode,
  warnings: nodeWarnings,
};

function setDefaults(object: KubernetesObject): KubernetesObject {
  const withCidrs = objectAt(object, 'spec') === undefined ? object : updateStruct(object, 'spec', withBothCidrs);
  return updateStatus(withCidrs, (status) => {
    const capacity = objectAt(status, 'capacity');
    return capacity === undefined || objectAt(status, 'allocatable') !== undefined
      ? status
      : { ...status, allocatable: capacity };
  });
}

function updateStatus(object: KubernetesObject, update: (status: JsonObject) => JsonObject): KubernetesObject {
  return objectAt(object, 'status') === undefined ? object : updateStruct(object, 'status', update);
}

/** The two fields for the networks of a Node's Pods, in step. */
function withBothCidrs(spec: JsonObject): JsonObject {
  const [one, all] = [textAt(spec, 'podCIDR'), textsAt(spec, 'podCIDRs')];
  if (one === (all[0] ?? '')) return spec;
  return one === '' ? { ...spec, podCIDR: all[0] ?? '' } : { ...spec, podCIDRs: [one] };
}

function withoutConfigSource(object: KubernetesObject): KubernetesObject {
  if (objectAt(object, 'spec') === undefined) return object;
  return updateStruct(object, 'spec', (spec) => omit(spec, 'configSource'));
}

function nodeWarnings(object: KubernetesObject): readonly string[] {
  const spec = valueAt(object, 'spec');
  return [
    ...(pointerAt(spec, 'configSource') === undefined ? [] : ['spec.configSource: the feature is removed']),
    ...(textAt(spec, 'externalID') === ''
      ? []
      : ['spec.externalID: this field is deprecated, and is unused by Kubernetes']),
    ...textsAt(spec, 'podCIDRs').flatMap((cidr, index) => cidrWarnings(`spec.podCIDRs[${index}]`, cidr)),
  ];
}

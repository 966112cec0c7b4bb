import type { JsonValue } from '../base/json.ts';
import { arrayAt, objectAt, stringAt } from '../base/json.ts';
import { compareStrings } from '../base/compare.ts';
import { isExtendedResourceName } from '../kinds/shared/validation/resource-names.ts';
import type { AdmissionPlugin } from './admission-plugin.ts';
import { isFor } from './admission-request.ts';
import { withFields } from './edit-object.ts';
import { containersIn } from './pod-containers.ts';

/**
 * A Pod that asks for a device tolerates the taint that keeps others off the Nodes with such devices. Off by default.
 * Source: plugin/pkg/admission/extendedresourcetoleration/admission.go, 1.36.
 */
export const extendedResourceToleration: AdmissionPlugin = {
  name: 'ExtendedResourceToleration',
  operations: ['CREATE', 'UPDATE'],
  admit(request) {
    const { object } = request;
    if (!isFor(request, 'pods') || object === undefined) return undefined;
    const containers = [...containersIn(object, 'containers'), ...containersIn(object, 'initContainers')];
    const requested = containers.flatMap((container) =>
      Object.keys(objectAt(container, 'resources', 'requests') ?? {}),
    );
    const resources = [...new Set(requested.filter(isExtendedResourceName))].sort(compareStrings);
    if (resources.length === 0) return undefined;
    const before = arrayAt(object, 'spec', 'tolerations');
    const tolerations = resources.reduce(withToleration, before);
    return { object: withFields(object, ['spec'], { tolerations }) };
  },
};

/** Source: pkg/apis/core/helper/helpers.go `AddOrUpdateTolerationInPod`, 1.36. */
function withToleration(tolerations: readonly JsonValue[], key: string): readonly JsonValue[] {
  const added = { key, operator: 'Exists', effect: 'NoSchedule' };
  const isSame = (other: JsonValue): boolean =>
    stringAt(other, 'key') === key &&
    stringAt(other, 'operator') === added.operator &&
    stringAt(other, 'effect') === added.effect &&
    (stringAt(other, 'value') ?? '') === '';
  return tolerations.some(isSame)
    ? tolerations.map((other) => (isSame(other) ? added : other))
    : [...tolerations, added];
}

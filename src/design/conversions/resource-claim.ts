import type { KubernetesObject } from '../../apimachinery/object.ts';
import type { JsonObject, Path } from '../../base/json.ts';
import { asObject } from '../../base/json.ts';
import { withItems } from './change-object.ts';
import type { Conversion } from './conversion.ts';

const GROUP = 'resource.k8s.io';

/**
 * Claims of v1beta1 name what a request asks for beside its name; later versions in `exactly`. Devices of a slice stand
 * in `basic` there. Source: pkg/apis/resource/v1beta1/conversion.go, 1.36.
 */
export const resourceClaims: readonly Conversion[] = [
  conversionOf('ResourceClaim', (object) => convertRequests(object, ['spec', 'devices', 'requests'])),
  conversionOf('ResourceClaimTemplate', (object) => convertRequests(object, ['spec', 'spec', 'devices', 'requests'])),
  conversionOf('ResourceSlice', (object) =>
    withItems(object, ['spec', 'devices'], (device) => {
      const { basic, ...rest } = device;
      return { ...rest, ...asObject(basic) };
    }),
  ),
];

function conversionOf(kind: string, convert: (object: KubernetesObject) => KubernetesObject): Conversion {
  return {
    from: [{ group: GROUP, version: 'v1beta1', kind }],
    to: { group: GROUP, version: 'v1', kind },
    convert: (object) => ({ object: convert(object) }),
  };
}

const EXACT = ['deviceClassName', 'selectors', 'allocationMode', 'count', 'adminAccess', 'tolerations', 'capacity'];

function convertRequests(object: KubernetesObject, path: Path): KubernetesObject {
  return withItems(object, path, (request): JsonObject => {
    const exact = EXACT.filter((field) => request[field] !== undefined);
    if (exact.length === 0) return request;
    const rest = Object.fromEntries(Object.entries(request).filter(([field]) => !EXACT.includes(field)));
    return { ...rest, exactly: Object.fromEntries(exact.map((field) => [field, request[field]])) };
  });
}
